import { resolve } from 'node:path';

import type { Context } from '../command.ts';
import { type Conversion, conversionFiles, conversionOf } from '../convert/conversion.ts';
import { outputDirectory } from '../convert/output-directory.ts';
import { type NamedSource, readSource } from '../convert/read-source.ts';
import { printWritten, reportOf, writeText } from '../convert/report.ts';
import { writeFiles } from '../convert/write-files.ts';
import { CliError, interruption, usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { startDirectory } from '../knowledge-base/find.ts';
import type { Services } from '../services.ts';
import { aboutSource, lacksScheme, shownSource, webSource } from '../web/web-source.ts';

interface Args extends Context {
  source: string[];
  output: string | undefined;
  tree: boolean;
  force: boolean;
  stdin: boolean;
  allowPrivateNetwork: boolean;
  password: string | undefined;
}

/** Converts each source; one that fails does not stop the others. */
export async function run(args: Args): Promise<ExitCode> {
  const named = [...args.source, ...(args.stdin ? ['-'] : [])];
  if (named.length === 0 || named.includes(''))
    throw usageError(
      'there is nothing to convert: name a file or a web address',
      "For example 'openkb convert paper.pdf', or 'openkb convert - < paper.pdf'.",
    );
  if (named.length > 1 && args.output === undefined)
    throw usageError(
      'several documents would run into each other on standard output',
      'Name a directory for them with -o.',
    );
  const services = await args.services();
  const { output } = args;
  const directory = output === undefined ? undefined : outputDirectory(services, args, output);
  const failures: CliError[] = [];
  const names = new Set<string>();
  for (const [i, shown] of named.entries()) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one document in memory after the other
      await convertOne(args, services, {
        shown,
        names,
        directory,
        number: i + 1,
        of: named.length,
      });
    } catch (thrown) {
      if (args.signal.aborted) throw interruption(args.signal);
      const failure = aboutSource(explain(thrown), shown, 'convert');
      if (named.length === 1) throw failure;
      failures.push(failure);
      args.reporter.partFailed(failedPart(shown, failure), failure);
    }
  }
  if (failures.length === 0) return exitCodes.done;
  return failures.length < named.length ? exitCodes.partial : exitCodes.failed;
}

function failedPart(source: string, { code, message: reason, hint }: CliError) {
  return { type: 'failed', source: shownSource(source), code, reason, hint };
}

interface One {
  readonly shown: string;
  /** Names that were given in this run, in lower case: some disks take `A.md` and `a.md` for one. */
  readonly names: Set<string>;
  /** Where it is written, absolute; absent for standard output. */
  readonly directory: string | undefined;
  /** Of the source, from 1. */
  readonly number: number;
  readonly of: number;
}

async function convertOne(args: Args, services: Services, one: One): Promise<void> {
  const { reporter, signal } = args;
  const source = sourceOf(args, services, one.shown);
  const { shown } = source;
  const step = (verb: string, state = '') => {
    // what one document comes to is one object
    if (args.json && one.of === 1) return;
    const value = { type: 'step', step: verb, source: shown };
    reporter.step(value, { text: `[${one.number}/${one.of}] ${verb}${state}`, path: shown });
  };
  step(source.kind === 'web' ? 'fetching' : 'converting');
  const read = await readSource(source, {
    ...args,
    services,
    onState: (state) => (args.io.status ? step('fetching', ` ${state}`) : undefined),
  });
  const isFree = (name: string) => !one.names.has(name.toLowerCase());
  const conversion = await conversionOf(read, { ...args, isFree });
  one.names.add(conversion.name.toLowerCase());
  for (const { level, text } of read.document.messages)
    if (level === 'warning') reporter.warn(`${shown}: ${text}`);
    else if (args.verbose) reporter.note(`${shown}: ${text}`);
  signal.throwIfAborted();
  const { directory } = one;
  if (directory === undefined) return show(args, shown, conversion);
  return write(args, services, { ...one, shown, conversion, directory });
}

function sourceOf(args: Args, services: Services, shown: string): NamedSource {
  if (shown === '-') return { kind: 'input', shown: 'standard input' };
  const web = webSource(shown, 'convert');
  if (web !== undefined) return { kind: 'web', web, shown: web.shown };
  const path = resolve(startDirectory(services, args), shown);
  if (services.sources.stat(path) === undefined && lacksScheme(shown))
    throw new CliError('bad-source', 'there is no such file', {
      hint: `A web page is written with its scheme: https://${shown}`,
    });
  return { kind: 'file', path, shown };
}

async function show(args: Args, shown: string, conversion: Conversion): Promise<void> {
  const { io, reporter } = args;
  if (args.json) return reporter.result(reportOf(shown, conversion), () => []);
  if (conversion.tree === undefined) return writeText(conversion.markdown, io, reporter);
  const { formatTree } = await import('@openkb/tree-index');
  return writeText(formatTree(conversion.tree), io, reporter);
}

interface Written extends One {
  readonly conversion: Conversion;
  readonly directory: string;
}

function write(args: Args, services: Services, written: Written): void {
  const { shown, conversion, directory } = written;
  const files = writeFiles(conversionFiles(conversion), { ...services, ...args, directory });
  args.reporter.part(reportOf(shown, conversion, files), printWritten);
}
