import { readdirSync, readFileSync } from 'node:fs';

import { type Script } from '@openkb/test-kit/scripted-model';
import { describe, expect, test } from 'vitest';

import { inputOf, MemoryWiki } from '../support/memory-wiki.ts';
import { compile, scripted } from '../support/scripted.ts';
import { treeOf } from '../support/tree.ts';
import { violationsOf } from '../support/violations.ts';

/** `vitest -u` writes `wiki-after` anew; read the difference before it is committed. */
const cases = [
  ['first-document', 'meridian-ledger'],
  ['second-document', 'sqlite-notes'],
] as const;

describe('a document, a wiki and the answers of a model give the pages in wiki-after', () => {
  test.each(cases)('%s', async (folderName, name) => {
    const folder = new URL(`../fixtures/model/${folderName}/`, import.meta.url);
    const wiki = new MemoryWiki(treeOf(new URL('wiki-before/', folder)));
    const markdown = readFileSync(new URL('document.md', folder), 'utf8');
    await compile(
      wiki,
      scripted(repliesIn(new URL('replies/', folder))).compiler,
      inputOf(name, markdown),
    );
    wiki.pages.delete(`sources/${name}.md`);
    for (const [path, text] of wiki.pages)
      // oxlint-disable-next-line no-await-in-loop -- one file after the other
      await expect(text).toMatchFileSnapshot(new URL(`wiki-after/${path}`, folder).pathname);
    const after = treeOf(new URL('wiki-after/', folder)).map(([path]) => path);
    expect(after).toEqual([...wiki.pages.keys()].toSorted());
    expect(violationsOf(wiki.pages)).toEqual([]);
  });
});

/** One file for each request: `page concepts+cache.json` answers for `concepts/cache`. */
function repliesIn(folder: URL): Record<string, Script> {
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file.replace(/\.json$/, '').replace('+', '/'),
      { object: JSON.parse(readFileSync(new URL(encodeURI(file), folder), 'utf8')) as unknown },
    ]),
  );
}
