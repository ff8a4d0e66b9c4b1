import { pageFacts, readFrontMatter } from '@openkb/wiki';
import { expect, test } from 'vitest';

import { unlinkRemoved } from '../../src/knowledge-base/unlink-removed.ts';

/** A wiki of these pages, seen by a compile. */
function viewOf(pages: Record<string, string>) {
  return {
    read: (path: string) => pages[path],
    list: (directory: string) =>
      Object.keys(pages).filter((path) => path.startsWith(`${directory}/`)),
    expectation: () => 'absent' as const,
  };
}

const TEXT = `---
type: "Summary"
---

The [[concepts/lamp|old lamp]] and the [[concepts/lens]] and \`[[concepts/lamp]]\`.

- [[concepts/lamp|Lamp]] (2)
- [[concepts/lens|Lens]] (1)
- [[concepts/lamp]] is not alone
`;

test('links to a page that goes become text, items of nothing else go, the rest stays', () => {
  const view = viewOf({
    'summaries/a.md': TEXT,
    'concepts/lens.md': 'no links',
    'concepts/lamp.md': '[[concepts/lamp]]',
  });
  expect(unlinkRemoved({ pages: [], removals: ['concepts/lamp.md'] }, view)).toEqual([
    {
      path: 'summaries/a.md',
      text: TEXT.replace('[[concepts/lamp|old lamp]]', 'old lamp')
        .replace('- [[concepts/lamp|Lamp]] (2)\n', '')
        .replace('- [[concepts/lamp]] is', '- lamp is'),
    },
  ]);
});

test('the text that the compilation writes counts, not the one on disk', () => {
  const view = viewOf({ 'concepts/lens.md': 'See [[concepts/lamp]].' });
  const page = {
    path: 'concepts/lens.md',
    kind: 'concept',
    text: 'Nothing.',
    title: '',
    description: '',
    action: 'update',
  } as const;
  expect(unlinkRemoved({ pages: [page], removals: ['concepts/lamp.md'] }, view)).toEqual([]);
});

const unread = () => {
  throw new Error('read');
};

test('nothing is read where nothing is removed', () => {
  const view = { read: unread, list: unread, expectation: unread };
  expect(unlinkRemoved({ pages: [] }, view)).toEqual([]);
});

test('of pages known by their facts only those that link to what goes are read', () => {
  const pages: Record<string, string> = {
    'summaries/a.md': TEXT,
    'concepts/lens.md': 'no links',
    'concepts/lamp.md': '[[concepts/lamp]]',
    'entities/edison.md': 'See [[concepts/lens]].',
  };
  const read: string[] = [];
  const view = {
    ...viewOf(pages),
    facts: (path: string) => pageFacts(path, pages[path] ?? ''),
    read: (path: string) => {
      read.push(path);
      return pages[path];
    },
  };
  const compilation = { pages: [], removals: ['concepts/lamp.md'] };
  expect(unlinkRemoved(compilation, view)).toEqual(unlinkRemoved(compilation, viewOf(pages)));
  expect(read).toEqual(['summaries/a.md', 'concepts/lamp.md']);
});

const CITING =
  '---\ntype: "Exploration"\ncites: ["concepts/lamp.md", "concepts/lens.md", 7]\n---\n\nNo links.\n';

test('what cites a page that goes no longer names it, whether or not facts are known', () => {
  const view = viewOf({
    'explorations/a.md': CITING,
    'explorations/b.md': CITING.replaceAll('lamp', 'horn'),
  });
  const [changed, ...others] = unlinkRemoved({ pages: [], removals: ['concepts/lamp.md'] }, view);
  expect(others).toEqual([]);
  expect(changed?.path).toBe('explorations/a.md');
  expect(readFrontMatter(changed?.text ?? '')['cites']).toEqual(['concepts/lens.md', 7]);
  expect(changed?.text).toContain('\n\nNo links.\n');
  const facts = (path: string) => pageFacts(path, view.read(path) ?? '');
  expect(unlinkRemoved({ pages: [], removals: ['concepts/lamp.md'] }, { ...view, facts })).toEqual([
    changed,
  ]);
});
