import { NotFoundError } from '@backstage/errors';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { BranchProtection } from '../../database/BranchProtectionStore';
import type { Repository } from '../../database/RepositoryStore';
import { listCommits } from '../../git/Commits';
import { type Branch, listBranches } from '../../git/Revisions';
import { isRevision } from '../../names';
import { actorName } from '../../services/Actor';
import { auditable } from '../../services/auditable';
import { actorOf, type RouterContext } from '../context';
import { parseInput } from '../parse';
import { toBranch } from './models';
import { readPage, setTotal } from './paging';

const branchName = z.string().refine(isRevision, 'this cannot be a branch');
const newProtection = z
  .object({
    branch_name: branchName.optional(),
    rule_name: branchName.optional(),
    enable_status_check: z.boolean().nullish(),
    status_check_contexts: z
      .array(z.string().min(1).max(200))
      .max(50)
      .nullish(),
  })
  .refine(
    input => input.rule_name ?? input.branch_name,
    'rule_name: the name of a branch is needed',
  );

/**
 * Branches and the rules that protect them.
 * @internal
 */
export function createBranchRoutes(context: RouterContext) {
  const router = Router();
  const { git, folders, protections } = context;

  router.get('/repos/:owner/:name/branches', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const branches = await listBranches(git, folders.path(repository));
    const { limit, offset } = readPage(req);
    setTotal(res, branches.length);
    res.json(
      await Promise.all(
        branches
          .slice(offset, offset + limit)
          .map(branch => describe(repository, branch)),
      ),
    );
  });

  router.get('/repos/:owner/:name/branches/*', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const wanted = (req.params as Record<string, string>)[0];
    const branches = await listBranches(git, folders.path(repository));
    const branch = branches.find(({ name }) => name === wanted);
    if (!branch) {
      throw new NotFoundError(`There is no branch '${wanted.slice(0, 255)}'`);
    }
    res.json(await describe(repository, branch));
  });

  router.get('/repos/:owner/:name/branch_protections', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const rules = await protections.list(repository.id);
    res.json(rules.map(rule => toProtection(repository, rule)));
  });

  router.get('/repos/:owner/:name/branch_protections/*', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const wanted = (req.params as Record<string, string>)[0];
    const rules = await protections.list(repository.id);
    const rule = rules.find(({ ruleName }) => ruleName === wanted);
    if (!rule) {
      throw new NotFoundError(`No rule protects '${wanted.slice(0, 255)}'`);
    }
    res.json(toProtection(repository, rule));
  });

  router.post('/repos/:owner/:name/branch_protections', async (req, res) => {
    const repository = await context.repositories.get(req.params);
    const actor = actorOf(res);
    await context.organisation.checkMayWrite(actor, repository.owner);
    const input = parseInput(newProtection, req.body);
    const ruleName = (input.rule_name ?? input.branch_name)!;
    const contexts = input.status_check_contexts ?? [];
    const event = await context.auditor.createEvent({
      eventId: 'branch-protect',
      severityLevel: 'medium',
      request: auditable(req),
      meta: {
        actor: actorName(actor),
        repository: `${repository.owner}/${repository.name}`,
        branch: ruleName,
      },
    });
    const rule = await protections.set(repository.id, ruleName, contexts);
    await event.success();
    res.status(201).json(toProtection(repository, rule));
  });

  router.delete(
    '/repos/:owner/:name/branch_protections/*',
    async (req, res) => {
      const repository = await context.repositories.get(req.params);
      const actor = actorOf(res);
      await context.organisation.checkMayWrite(actor, repository.owner);
      const ruleName = (req.params as Record<string, string>)[0];
      const event = await context.auditor.createEvent({
        eventId: 'branch-unprotect',
        severityLevel: 'medium',
        request: auditable(req),
        meta: {
          actor: actorName(actor),
          repository: `${repository.owner}/${repository.name}`,
          branch: ruleName.slice(0, 255),
        },
      });
      if (!(await protections.delete(repository.id, ruleName))) {
        const error = new NotFoundError(
          `No rule protects '${ruleName.slice(0, 255)}'`,
        );
        await event.fail({ error });
        throw error;
      }
      await event.success();
      res.status(204).end();
    },
  );

  async function describe(repository: Repository, branch: Branch) {
    const [commit] = await listCommits(git, folders.path(repository), {
      head: branch.sha,
      limit: 1,
    });
    return toBranch(context.config, repository, {
      name: branch.name,
      commit,
      isProtected: branch.name === repository.defaultBranch,
    });
  }

  return router;
}

/** A rule in Gitea's words, and which of its parts this host enforces. */
function toProtection(repository: Repository, rule: BranchProtection) {
  const isDefault = rule.ruleName === repository.defaultBranch;
  return {
    branch_name: rule.ruleName,
    rule_name: rule.ruleName,
    enable_push: true,
    enable_push_whitelist: false,
    enable_force_push: !isDefault,
    enable_status_check: rule.statusCheckContexts.length > 0,
    status_check_contexts: rule.statusCheckContexts,
    required_approvals: 0,
    created_at: rule.createdAt,
    updated_at: rule.updatedAt,
    // Not in Gitea's answer: this host has no pull requests, so a check has nothing to hold back.
    enforcement: {
      enforced: isDefault ? ['no_force_push', 'no_deletion'] : [],
      recorded: ['status_check_contexts'],
      message: isDefault
        ? 'Force pushes and deletion of the default branch are refused. Required checks are recorded for the pipeline and not enforced: this host has no pull requests.'
        : 'Recorded, not enforced: this host protects the default branch only, and has no pull requests.',
    },
  };
}
