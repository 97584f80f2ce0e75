import { parsePatch } from './parsePatch';

describe('parsePatch', () => {
  it('numbers the lines of each file on both sides', () => {
    const patch = [
      'diff --git a/a b/a',
      'index 1..2 100644',
      '--- a/a',
      '+++ b/a',
      '@@ -1,3 +1,3 @@ title',
      ' one',
      '-two',
      '--- three',
      '+two!',
      '+++ four',
      'diff --git a/logo.png b/logo.png',
      'Binary files a/logo.png and b/logo.png differ',
      '',
    ].join('\n');
    expect(parsePatch(patch)).toEqual([
      [
        { kind: 'hunk', text: '@@ -1,3 +1,3 @@ title' },
        { kind: 'context', text: 'one', before: 1, after: 1 },
        { kind: 'removed', text: 'two', before: 2 },
        { kind: 'removed', text: '-- three', before: 3 },
        { kind: 'added', text: 'two!', after: 2 },
        { kind: 'added', text: '++ four', after: 3 },
      ],
      [],
    ]);
  });

  it('finds nothing in nothing', () => {
    expect(parsePatch('')).toEqual([]);
  });
});
