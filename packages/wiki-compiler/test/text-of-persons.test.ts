// oxlint-disable no-await-in-loop -- documents are added one after the other
import { readFileSync, readdirSync } from 'node:fs';

import { expect, test } from 'vitest';

import { extractiveCompiler, textOfPersons } from '../src/index.ts';
import { MemoryWiki, add, inputOf } from './support/memory-wiki.ts';
import { compile, scripted } from './support/scripted.ts';
import { NOTE, REPLIES } from './support/small-wiki.ts';

const folder = new URL('fixtures/order/', import.meta.url);

async function compiled(): Promise<[path: string, text: string][]> {
  const wiki = new MemoryWiki();
  for (const file of readdirSync(folder).toSorted())
    await add(
      wiki,
      extractiveCompiler(),
      inputOf(file.replace('.md', ''), readFileSync(new URL(file, folder), 'utf8')),
    );
  const other = new MemoryWiki();
  await compile(other, scripted(REPLIES).compiler, NOTE);
  return [...wiki.pages, ...other.pages].filter(([path]) => !path.startsWith('sources/'));
}

test('in what a compiler wrote nothing is of a person', async () => {
  const pages = await compiled();
  expect(pages.length).toBeGreaterThan(5);
  for (const [path, text] of pages) expect([path, textOfPersons(text)]).toEqual([path, '']);
});

test('a line that a person wrote, or changed, is found in every page', async () => {
  for (const [path, text] of await compiled()) {
    expect([path, textOfPersons(text.replace(/^(# .*)$/m, '$1\n\nI was here.'))]).toEqual([
      path,
      expect.stringContaining('I was here.'),
    ]);
    const heading = /^# .*$/m.exec(text)?.[0] ?? '';
    const at = text.indexOf(heading) + heading.length;
    const line = /^(?![#<>\-\s]).{20,}$/m.exec(text.slice(at))?.[0];
    if (line === undefined) continue;
    const changed = text.slice(0, at) + text.slice(at).replace(line, `Indeed: ${line}`);
    expect([path, textOfPersons(changed)]).toEqual([path, expect.stringContaining('Indeed: ')]);
  }
});

test('a page that names no source is a person’s as a whole, and one without marks is nobody’s', () => {
  expect(textOfPersons('# Mine\n\nAll of it.\n')).toBe('All of it.');
  const unmarked =
    '---\nsources: [summaries/a.md]\ncompiled_by: "openai/gpt"\n---\n\n# A\n\nText.\n';
  expect(textOfPersons(unmarked)).toBe('');
});
