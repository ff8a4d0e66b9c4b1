// oxlint-disable no-await-in-loop -- documents are added one after the other: that is what is tested
import { readFileSync, readdirSync } from 'node:fs';

import { splitFrontMatter } from '@openkb/wiki';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, OPTIONS, add, inputOf, remove } from './support/memory-wiki.ts';

const folder = new URL('fixtures/order/', import.meta.url);
const documents = readdirSync(folder)
  .toSorted()
  .map((file) => inputOf(file.replace('.md', ''), readFileSync(new URL(file, folder), 'utf8')));
const compiler = extractiveCompiler();

/** What a person may put after a line; each holds its marker once. */
const FORMS = [
  (marker: string) => marker,
  (marker: string) => `- ${marker}`,
  (marker: string) => `> ${marker}`,
  (marker: string) => `- [[concepts/drift|Drift]] ${marker}`,
  (marker: string) => `- [[summaries/caches|Caches]] ${marker}`,
  (marker: string) => `<!-- keep -->\n## ${marker}\n\n- [[summaries/caches]]\n<!-- /keep -->`,
  (marker: string) => `\`\`\`\n# ${marker}\n\`\`\``,
  (marker: string) => `\n${marker}\n`,
];

/** Writes into the pages what `form` gives for each line; the markers of each page. */
function annotate(
  wiki: MemoryWiki,
  formOf: (count: number) => number | undefined,
): Map<string, string[]> {
  const markers = new Map<string, string[]>();
  let count = 0;
  for (const [path, text] of wiki.pages) {
    if (path.startsWith('sources/')) continue;
    const { block, body } = splitFrontMatter(text);
    const own: string[] = [];
    const lines = body
      .replace(/\n$/, '')
      .split('\n')
      .flatMap((line) => {
        const form = FORMS[formOf(count++) ?? -1];
        if (form === undefined) return [line];
        own.push(`MARKER${count}.`);
        return [line, form(`MARKER${count}.`)];
      });
    markers.set(path, own);
    wiki.pages.set(path, `${block}${lines.join('\n')}\n`);
  }
  return markers;
}

/** Markers that are not exactly once on their page. */
function lostOf(wiki: MemoryWiki, markers: ReadonlyMap<string, readonly string[]>): string[] {
  return [...markers].flatMap(([path, own]) => {
    const text = wiki.pages.get(path) ?? '';
    return own
      .filter((marker) => text.split(marker).length !== 2)
      .map((marker) => `${path}: ${marker} ${text.split(marker).length - 1} times`);
  });
}

const changed = {
  ...documents[0]!,
  markdown: documents[0]!.markdown.replaceAll(' is a ', ' is one more '),
};

describe('what a person wrote', () => {
  test.each(FORMS.map((_, index) => index))(
    'after every line of every page is there when documents come and are compiled again, form %i',
    async (form) => {
      const wiki = new MemoryWiki();
      for (const document of documents.slice(0, 2)) await add(wiki, compiler, document);
      const markers = annotate(wiki, () => form);
      await add(wiki, compiler, documents[2]!);
      expect(lostOf(wiki, markers)).toEqual([]);
      await add(wiki, compiler, documents[0]!);
      expect(lostOf(wiki, markers)).toEqual([]);
      await add(wiki, compiler, changed);
      expect(lostOf(wiki, markers)).toEqual([]);
      expect((await compiler.compile(changed, wiki, OPTIONS)).pages).toEqual([]);
    },
    20_000,
  );

  test('in random places and forms is there after adds, compilations again and a removal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.nat(FORMS.length - 1), { nil: undefined }), {
          minLength: 5,
          maxLength: 40,
        }),
        async (forms) => {
          const wiki = new MemoryWiki();
          for (const document of documents.slice(0, 2)) await add(wiki, compiler, document);
          const markers = annotate(wiki, (count) => forms[count % forms.length]);
          await add(wiki, compiler, documents[3]!);
          await add(wiki, compiler, changed);
          await remove(wiki, compiler, documents[1]!.name);
          markers.delete(`summaries/${documents[1]!.name}.md`);
          for (const [path, own] of markers) if (own.length === 0) markers.delete(path);
          expect(lostOf(wiki, markers)).toEqual([]);
        },
      ),
      { numRuns: 8, seed: 11 },
    );
  }, 30_000);

  test('stays in its place when a compilation changes nothing', async () => {
    const wiki = new MemoryWiki();
    for (const document of documents.slice(0, 2)) await add(wiki, compiler, document);
    annotate(wiki, (count) => (count % 3 === 0 ? 0 : undefined));
    await add(wiki, compiler, documents[0]!);
    const before = wiki.snapshot();
    await add(wiki, compiler, documents[0]!);
    expect(wiki.snapshot()).toEqual(before);
  });
});
