import { pageFacts } from '@openkb/wiki';
import { expect, test } from 'vitest';

import type { Files } from '../../src/knowledge-base/files.ts';
import { recordingView } from '../../src/knowledge-base/wiki-view.ts';

/** Files that change while they are looked at. */
function changing(pages: Map<string, string>): Files {
  const expectation = (path: string) => {
    const text = pages.get(path);
    return text === undefined ? ('absent' as const) : { sha256: text };
  };
  return {
    root: '/kb',
    has: (path) => pages.has(path),
    kind: () => undefined,
    bytes: () => undefined,
    text: (path) => ({ text: pages.get(path), expect: expectation(path) }),
    expectation,
    names: (directory) =>
      [...pages.keys()]
        .filter((path) => path.startsWith(`${directory}/`))
        .map((path) => path.slice(directory.length + 1)),
    facts: (_, paths) => {
      const texts = new Map(paths.map((path) => [path, pages.get(`wiki/${path}`) ?? '']));
      return {
        paths,
        facts: (path) => {
          const text = texts.get(path);
          return text === undefined ? undefined : pageFacts(path, text);
        },
      };
    },
  };
}

test('a change expects what its page held when it was read, not what it holds later', () => {
  const pages = new Map([['wiki/concepts/a.md', 'first']]);
  const view = recordingView(changing(pages));
  expect(view.read('concepts/a.md')).toBe('first');
  pages.set('wiki/concepts/a.md', 'second');
  expect(view.read('concepts/a.md')).toBe('first');
  expect(view.expectation('concepts/a.md')).toEqual({ sha256: 'first' });
});

test('a page that was not in the list that the compiler saw is expected to be absent', () => {
  const pages = new Map([['wiki/concepts/a.md', 'a']]);
  const view = recordingView(changing(pages));
  expect(view.list('concepts')).toEqual(['concepts/a.md']);
  pages.set('wiki/concepts/b.md', 'of another process');
  expect(view.list('concepts')).toEqual(['concepts/a.md']);
  expect(view.expectation('concepts/b.md')).toBe('absent');
  expect(view.expectation('concepts/a.md')).toEqual({ sha256: 'a' });
});

test('facts are of one moment, and a change of a page known by its facts alone expects what it was computed from', () => {
  const pages = new Map([['wiki/concepts/a.md', '# First']]);
  const view = recordingView(changing(pages));
  expect(view.facts?.('concepts/a.md')?.title).toBe('First');
  pages.set('wiki/concepts/a.md', '# Second');
  pages.set('wiki/concepts/b.md', '# Of another process');
  expect(view.facts?.('concepts/a.md')?.title).toBe('First');
  expect(view.facts?.('concepts/b.md')).toBeUndefined();
  expect(view.read('concepts/a.md')).toBe('# Second');
  expect(view.expectation('concepts/a.md')).toEqual({ sha256: '# Second' });
  expect(view.expectation('concepts/b.md')).toBe('absent');
});

test('a page that was neither read nor listed is expected as it is', () => {
  const view = recordingView(changing(new Map([['wiki/entities/c.md', 'c']])));
  expect(view.expectation('entities/c.md')).toEqual({ sha256: 'c' });
  expect(view.expectation('entities/d.md')).toBe('absent');
});

test('a path that a page names and that leads out of the wiki is read as nothing', () => {
  const pages = new Map([['wiki/sources/../../../id_rsa', 'secret']]);
  const view = recordingView(changing(pages));
  expect(view.read('sources/../../../id_rsa')).toBeUndefined();
  expect(view.expectation('sources/../../../id_rsa')).toBe('absent');
});

test('a path behind a link to another directory is read as nothing, at any depth', () => {
  const pages = new Map([['wiki/sources/theirs/a/id_rsa', 'secret']]);
  const view = recordingView({
    ...changing(pages),
    kind: (path) => (path === 'wiki/sources/theirs' ? 'symlink' : 'directory'),
  });
  expect(view.read('sources/theirs/a/id_rsa')).toBeUndefined();
});
