import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { pageFacts } from '@openkb/wiki';
import { onTestFinished } from 'vitest';

import { graphData } from '../../../src/visualize/graph-data.ts';
import { sealed } from '../../../src/visualize/seal.ts';
import { graphPage } from '../../../src/visualize/template.ts';
import { write } from '../../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../../helpers/run.ts';

/** A knowledge base with these pages, path -> text; gives its root. */
export async function knowledgeBase(
  pages: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  const wiki = Object.entries(pages).map(([path, text]) => [`wiki/${path}`, text]);
  write(join(dir, 'kb'), Object.fromEntries(wiki));
  return join(dir, 'kb');
}

/** Writes the graph of such a wiki as the command makes it, without a knowledge base; gives the path of the file. */
export function graphFile(pages: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory(onTestFinished);
  const facts = new Map(Object.entries(pages).map(([path, text]) => [path, pageFacts(path, text)]));
  const data = graphData({
    wiki: { paths: [...facts.keys()], facts: (path) => facts.get(path), index: undefined },
    files: { has: () => false, bytes: () => undefined },
    textOf: (path) => pages[path] ?? '',
    original: () => undefined,
  });
  const path = join(directory, 'graph.html');
  writeFileSync(path, sealed(graphPage({ title: 'A wiki', data })));
  return path;
}

export const page = (type: string, title: string, body: string): string =>
  `---\ntype: "${type}"\ntitle: ${JSON.stringify(title)}\n---\n\n# ${title}\n\n${body}\n`;

/** Five pages of four types. */
export const five = {
  'summaries/lamps.md': page('Summary', 'On lamps', 'It is about [[concepts/lamp|a lamp]].'),
  'concepts/lamp.md': page('Concept', 'Lamp', 'See [[entities/argand]] and [[summaries/lamps]].'),
  'concepts/lens.md': page('Concept', 'Lens', 'A lens is before a [[lamp]]; [[concepts/gone]].'),
  'entities/argand.md': page('Person', 'Aimé Argand', 'He made the [[concepts/lamp]].'),
  'explorations/why.md': page('Exploration', 'Why?', 'Because of the [[concepts/lens]].'),
};

/** So many concepts, each linked with the ten before it by the tens, and a document for every ten. */
export function many(count: number): Record<string, string> {
  const pages: Record<string, string> = {};
  for (let n = 0; n < count; n += 1) {
    const link = `[[concepts/c-${n - (n % 10)}]] [[concepts/c-${Math.floor(n / 10)}]]`;
    const [folder, type] = n % 10 === 9 ? ['summaries', 'Summary'] : ['concepts', 'Concept'];
    pages[`${folder}/c-${n}.md`] = page(type ?? '', `Subject ${n}`, `It is about ${link}.`);
  }
  return pages;
}
