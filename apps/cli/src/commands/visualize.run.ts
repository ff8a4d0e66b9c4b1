import { basename, join } from 'node:path';

import type { Context } from '../command.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import type { Print } from '../report/reporter.ts';
import { bytes, count } from '../report/words.ts';
import { type GraphData, graphData } from '../visualize/graph-data.ts';
import { readWiki } from '../visualize/read-wiki.ts';
import { sealed } from '../visualize/seal.ts';
import { graphPage } from '../visualize/template.ts';
import { graphPath, writePage } from '../visualize/write-page.ts';

interface Args extends Context {
  open: boolean;
}

export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb visualize');
  const input = await whileNobodyWrites(kb, args, () => readWiki(kb));
  // what takes long is done without the lock
  const data = graphData(input);
  const page = sealed(graphPage({ title: basename(kb.root), data }));
  const { written, kept } = await writePage(kb, args, page);
  const path = join(kb.root, graphPath);
  if (kept !== undefined)
    args.reporter.warn(
      `"${graphPath}" was not as 'openkb visualize' wrote it; it is "${kept}" now`,
    );
  const file = { path, bytes: page.length, written, ...(kept !== undefined && { kept }) };
  args.reporter.result(resultOf(data, file), print);
  if (args.open && !(await services.showFile(path)))
    args.reporter.warn(`nothing here shows HTML files; open "${path}" in a browser`);
  return exitCodes.done;
}

interface Visualized {
  readonly type: 'visualized';
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Whether it is another page than was there. */
  readonly written: boolean;
  /** The name that a file of somebody else got, which lay there. */
  readonly kept?: string;
  readonly pages: number;
  readonly links: number;
}

function resultOf(
  { pages, edges }: GraphData,
  file: Pick<Visualized, 'path' | 'bytes' | 'written' | 'kept'>,
): Visualized {
  return { type: 'visualized', ...file, pages: pages.length, links: edges.length / 2 };
}

const print: Print<Visualized> = ({ path, bytes: size, pages, links }, { good, dim }) => [
  `${good('wrote')}  ${path}${dim(` (${bytes(size)})`)}`,
  `       ${count(pages, 'page')}, ${count(links, 'link')}; it opens in any browser, offline`,
];
