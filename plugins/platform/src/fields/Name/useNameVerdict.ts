import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { findNameProblem } from '@waymark/plugin-platform-common';
import { platformApiRef } from '../../api';
import { checkName, type NameCheck } from './checkName';

/** What is known about a name while it is typed. @internal */
export interface NameVerdict {
  readonly state: 'empty' | 'checking' | 'allowed' | 'refused' | 'unknown';
  readonly message?: string;
}

const TYPING_PAUSE_MS = 350;

/** Judges the format at once, and asks the platform when the typing pauses. @internal */
export function useNameVerdict(
  name: string,
  owner: string | undefined,
): NameVerdict {
  const api = useApi(platformApiRef);
  const problem = name ? findNameProblem('Repository', name) : undefined;
  const question = `${owner} ${name}`;
  const [answer, setAnswer] = useState<{
    question: string;
    verdict: NameVerdict;
  }>();

  useEffect(() => {
    let current = true;
    const ask = async () => {
      const verdict = await judge(() => checkName(api, { name, owner }));
      if (current) {
        setAnswer({ question, verdict });
      }
    };
    const timer =
      name && !problem ? setTimeout(ask, TYPING_PAUSE_MS) : undefined;
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, name, owner, problem, question]);

  if (!name) {
    return { state: 'empty' };
  }
  if (problem) {
    return { state: 'refused', message: problem };
  }
  return answer?.question === question
    ? answer.verdict
    : { state: 'checking', message: 'Checking whether the name is free…' };
}

async function judge(check: () => Promise<NameCheck>): Promise<NameVerdict> {
  try {
    const { refusal, statement } = await check();
    return refusal
      ? { state: 'refused', message: refusal }
      : { state: 'allowed', message: statement };
  } catch (error) {
    return {
      state: 'unknown',
      message: `Whether the name is free is not known: ${
        (error as Error).message
      }`,
    };
  }
}
