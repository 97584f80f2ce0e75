import { findNameProblem } from '@waymark/plugin-platform-common';
import {
  checkNewRepositoryName,
  findRefProblem,
  isName,
  isRevision,
  parseTreePath,
} from './names';

describe('isName', () => {
  it.each(['a', 'checkout', 'team-payments', 'a1', 'a'.repeat(63)])(
    'accepts %s',
    name => expect(isName(name)).toBe(true),
  );
  it.each([
    '',
    'A',
    '-a',
    'a-',
    '1a',
    'a.b',
    'a/b',
    '..',
    'a\n',
    'a'.repeat(64),
  ])('refuses %j', name => expect(isName(name)).toBe(false));
});

describe('checkNewRepositoryName', () => {
  it('says what is allowed', () => {
    expect(() =>
      checkNewRepositoryName({ owner: 'team-a', name: 'Checkout' }),
    ).toThrow(
      "'Checkout' cannot be the name of a repository. Use lower-case letters, digits and hyphens, start with a letter, and end with a letter or digit; at most 50 characters.",
    );
  });

  it('keeps the paths of its own routes', () => {
    expect(() =>
      checkNewRepositoryName({ owner: 'v1', name: 'tokens' }),
    ).toThrow("'v1' cannot own a repository");
  });
});

describe('the rule for names of repositories', () => {
  it.each([
    'a',
    'a1',
    'order-history',
    'kube',
    'defaults',
    'waymark',
    'a'.repeat(50),
    'a'.repeat(51),
    'a'.repeat(64),
    '',
    'A',
    '1a',
    '-a',
    'a-',
    'a_b',
    'a.b',
    'a\n',
    'kube-',
    'kube-x',
    'default',
    'waymark-system',
  ])('is the one of the platform for %j', name => {
    let accepted = true;
    try {
      checkNewRepositoryName({ owner: 'team-payments', name });
    } catch {
      accepted = false;
    }
    expect(accepted).toBe(findNameProblem('Repository', name) === undefined);
  });
});

describe('findRefProblem', () => {
  it.each(['main', 'feature/one', 'v1.2.3', 'a'.repeat(39), 'x/-y', 'größe'])(
    'accepts %s',
    name => {
      expect(findRefProblem(`refs/heads/${name}`)).toBeUndefined();
      expect(findRefProblem(`refs/tags/${name}`)).toBeUndefined();
    },
  );

  it.each([
    ['refs/heads/', 'only branches and tags'],
    ['refs/meta/config', 'only branches and tags'],
    ['objects/info/alternates', 'only branches and tags'],
    [`refs/heads/${'a'.repeat(40)}`, "named like a commit's SHA"],
    [`refs/tags/${'A'.repeat(40)}`, "named like a commit's SHA"],
    [`refs/heads/${'0'.repeat(64)}`, "named like a commit's SHA"],
    ['refs/heads/refs/heads/main', 'take for another ref'],
    ['refs/heads/HEAD', 'take for another ref'],
    ['refs/tags/-x', 'take for an option'],
    ['refs/heads/--output=x', 'take for an option'],
    ['refs/heads/../../objects/info/alternates', 'cannot name a branch'],
    [`refs/tags/${'a'.repeat(256)}`, 'cannot name a tag'],
  ])('refuses %s', (ref, reason) => {
    expect(findRefProblem(ref)).toContain(reason);
  });
});

describe('isRevision', () => {
  it.each(['main', 'feature/one', 'v1.2.3', 'größe', 'a'.repeat(40), 'a@b'])(
    'accepts %s',
    name => expect(isRevision(name)).toBe(true),
  );
  it.each([
    '',
    '-x',
    '--output=x',
    'a..b',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    'a@{1}',
    '@',
    '/a',
    'a/',
    'a//b',
    'a/.b',
    '.a',
    'a.',
    'a.lock',
    'a\0b',
    'a\nb',
    'a'.repeat(256),
  ])('refuses %j', name => expect(isRevision(name)).toBe(false));
});

describe('parseTreePath', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['/docs/index.md', 'docs/index.md'],
    ['a b/100%/ü/', 'a b/100%/ü'],
    ['...', '...'],
    ['..', undefined],
    ['a/../b', undefined],
    ['./a', undefined],
    ['a//b', undefined],
    ['a\0b', undefined],
  ])('reads %j as %j', (path, expected) => {
    expect(parseTreePath(path)).toBe(expected);
  });
});
