import { basename, join } from 'node:path';

import type { Context } from '../command.ts';
import { CliError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Files } from '../knowledge-base/files.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import { type KnowledgeBase, openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import { wikiFacts } from '../knowledge-base/wiki-facts.ts';
import type { Print } from '../report/reporter.ts';
import { bytes, count } from '../report/words.ts';
import { type GraphData, graphData, isShown } from '../visualize/graph-data.ts';
import { isSealed, sealed } from '../visualize/seal.ts';
import { graphPage } from '../visualize/template.ts';

interface Args extends Context {
  open: boolean;
  force: boolean;
}

const PATH = 'output/graph.html';

export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb visualize');
  const { wiki, texts } = await whileNobodyWrites(kb, args, () => readWiki(kb.files));
  // what takes long is done without the lock
  const data = graphData(wiki, (path) => texts.get(path) ?? '');
  const page = sealed(graphPage({ title: basename(kb.root), data }));
  const written = await writePage(kb, args, page);
  const path = join(kb.root, PATH);
  args.reporter.result(resultOf(data, { path, bytes: page.length, written }), print);
  if (args.open && !(await services.showFile(path)))
    args.reporter.warn(`nothing here shows HTML files; open "${path}" in a browser`);
  return exitCodes.done;
}

function readWiki(files: Files) {
  const wiki = wikiFacts(files);
  const paths = [...wiki.paths].filter(isShown);
  return { wiki, texts: new Map(paths.map((path) => [path, textOf(files, path)])) };
}

/** The same page again is no change. What `visualize` did not write, or somebody has changed, is a person's. */
async function writePage(kb: KnowledgeBase, args: Args, page: Uint8Array): Promise<boolean> {
  const { files } = kb;
  if (isThere(files, page)) return false;
  return await underLock(kb, args, async (session) => {
    if (isThere(files, page)) return false;
    const old = files.bytes(PATH);
    if (old !== undefined && !args.force && !isSealed(old)) throw foreign(kb.root);
    const expect = files.expectation(PATH);
    const changes = [{ kind: 'write', path: PATH, bytes: page, expect } as const];
    await session.commit({ operation: 'visualize', subject: basename(PATH), changes });
    return true;
  });
}

/** @throws {CliError} `exists` when something lies there that is no file */
function isThere(files: Files, page: Uint8Array): boolean {
  const kind = files.kind(PATH);
  if (kind === undefined) return false;
  if (kind !== 'file')
    throw new CliError('exists', `cannot write "${PATH}": a ${KINDS[kind] ?? 'thing'} is there`, {
      hint: 'Move it away; nothing was changed.',
    });
  const old = files.bytes(PATH);
  return old !== undefined && Buffer.compare(old, page) === 0;
}

const KINDS: Readonly<Record<string, string>> = {
  directory: 'directory',
  symlink: 'symbolic link',
};

const foreign = (root: string): CliError =>
  new CliError(
    'foreign-file',
    `cannot write "${join(root, PATH)}": the file there is not as 'openkb visualize' wrote it`,
    { hint: "Move it away, or replace it with --force; 'openkb undo' brings it back." },
  );

const textOf = (files: Files, path: string): string =>
  new TextDecoder().decode(files.bytes(wikiPath(path)));

interface Visualized {
  readonly type: 'visualized';
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Whether it is another page than was there. */
  readonly written: boolean;
  readonly pages: number;
  readonly links: number;
}

function resultOf(
  { pages, edges }: GraphData,
  file: Pick<Visualized, 'path' | 'bytes' | 'written'>,
): Visualized {
  return { type: 'visualized', ...file, pages: pages.length, links: edges.length / 2 };
}

const print: Print<Visualized> = ({ path, bytes: size, pages, links }, { good, dim }) => [
  `${good('wrote')}  ${path}${dim(` (${bytes(size)})`)}`,
  `       ${count(pages, 'page')}, ${count(links, 'link')}; it opens in any browser, offline`,
];
