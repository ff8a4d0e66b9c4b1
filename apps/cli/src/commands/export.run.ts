import { basename, join, relative, resolve, sep } from 'node:path';

import type { Context } from '../command.ts';
import { CliError, usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { checkOkf } from '../export/check-okf.ts';
import { llmsTxt } from '../export/llms-txt.ts';
import { type Exported, okfBundle } from '../export/okf-bundle.ts';
import { exportedWiki } from '../export/wiki-files.ts';
import { writeExport, type WrittenExport } from '../export/write-export.ts';
import { startDirectory } from '../knowledge-base/find.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import type { Print } from '../report/reporter.ts';
import { count } from '../report/words.ts';
import type { Services } from '../services.ts';
import { VERSION } from '../version.ts';

interface Args extends Context {
  format: 'okf' | 'llms-txt';
  to: string;
  dryRun: boolean;
  force: boolean;
}

export async function run(args: Args): Promise<ExitCode> {
  const { format, dryRun, force, reporter } = args;
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, `openkb export ${format}`);
  const directory = target(services, args, kb.root);
  const { fileSystem, randomId } = services;
  const { files, written } = await whileNobodyWrites(kb, args, () => {
    const wiki = exportedWiki(kb, basename(kb.root));
    const made = format === 'okf' ? okfBundle(wiki, `openkb/${VERSION}`) : llmsTxt(wiki);
    const original = (path: string) => join(kb.root, wikiPath(path));
    const options = { fileSystem, randomId, directory, original, force, dryRun };
    return { files: made, written: writeExport(made, options) };
  });
  const faults = format === 'okf' ? faultsOf(files) : [];
  for (const { path, message } of faults.slice(0, 20)) reporter.warn(`${path}: ${message}`);
  const result = {
    type: 'exported',
    format,
    directory,
    dryRun,
    files: files.size,
    ...written,
    faults,
  };
  reporter.result(result, print);
  return exitCodes.done;
}

/** Where the export goes, with every link on the way resolved. */
function target(services: Services, args: Args, root: string): string {
  if (args.to === '') throw usageError('cannot export to "": it names no directory');
  const path = services.realPath(resolve(startDirectory(services, args), args.to));
  if (isInside(root, path) || isInside(path, root))
    throw usageError(
      `cannot export to "${args.to}": it is inside the knowledge base, or has it inside`,
      'Name a directory outside of it.',
    );
  const kind = services.fileSystem.stat(path)?.kind;
  if (kind !== undefined && kind !== 'directory')
    throw new CliError('exists', `cannot export to "${args.to}": it is no directory`);
  return path;
}

function isInside(directory: string, path: string): boolean {
  const between = relative(directory, path);
  return between === '' || (between !== '..' && !between.startsWith(`..${sep}`));
}

/** What people wrote may break the format, where it cannot be mended without changing what they say. */
function faultsOf(files: Exported) {
  const texts = new Map<string, string>();
  const others: string[] = [];
  for (const [path, file] of files) {
    if ('text' in file && path.endsWith('.md')) texts.set(path, file.text);
    else others.push(path);
  }
  return checkOkf(texts, others);
}

interface ExportedResult extends WrittenExport {
  readonly type: string;
  readonly format: string;
  readonly directory: string;
  readonly dryRun: boolean;
  readonly files: number;
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}

const print: Print<ExportedResult> = (result, { good, bold, odd }) => {
  const { directory, dryRun, created, updated, unchanged, removed, faults } = result;
  const parts = [
    `${created} new`,
    ...(updated > 0 ? [`${updated} updated`] : []),
    ...(unchanged > 0 ? [`${unchanged} as they were`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
  ];
  const head = dryRun ? bold('would export to') : good('exported to');
  return [
    `${head}  ${directory}: ${count(result.files, 'file')} (${parts.join(', ')})`,
    ...(faults.length > 0
      ? [
          `  ${odd('note:')} ${count(faults.length, 'fault')} of the format came from pages as they are`,
        ]
      : []),
  ];
};
