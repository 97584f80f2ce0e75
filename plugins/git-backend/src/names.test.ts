import {
  checkNewRepositoryName,
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
      "'Checkout' cannot be the name of a repository. Use lowercase letters, digits and hyphens, start with a letter, do not end with a hyphen, and use at most 63 characters.",
    );
  });

  it('keeps the paths of its own routes', () => {
    expect(() =>
      checkNewRepositoryName({ owner: 'v1', name: 'tokens' }),
    ).toThrow("'v1' cannot own a repository");
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
