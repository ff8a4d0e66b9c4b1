// oxlint-disable no-await-in-loop -- documents are added one after the other: that is what is tested
import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, add, inputOf } from './support/memory-wiki.ts';
import { treeOf } from './support/tree.ts';

/** `vitest -u` writes `wiki-after` anew; read the difference before it is committed. */
const cases = ['clock-synchronisation', 'spanner-note'];

describe('a document compiled into a wiki gives the pages in wiki-after', () => {
  test.each(cases)('%s', async (name) => {
    const folder = new URL(`fixtures/${name}/`, import.meta.url);
    const before = treeOf(new URL('wiki-before/', folder));
    const wiki = new MemoryWiki(before);
    const markdown = readFileSync(new URL('document.md', folder), 'utf8');
    await add(wiki, extractiveCompiler(), inputOf(name, markdown));
    wiki.pages.delete(`sources/${name}.md`);
    for (const [path, text] of wiki.pages)
      await expect(text).toMatchFileSnapshot(new URL(`wiki-after/${path}`, folder).pathname);
    const after = treeOf(new URL('wiki-after/', folder)).map(([path]) => path);
    expect(after).toEqual([...wiki.pages.keys()].toSorted());
  });
});
