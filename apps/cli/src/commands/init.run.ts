import { join, resolve } from 'node:path';

import { makeDirectories } from '@openkb/atomic-fs';

import type { Context } from '../command.ts';
import { CliError, interruption, usageError } from '../errors.ts';
import { explain } from '../explain.ts';
import { newKnowledgeBase } from '../knowledge-base/create.ts';
import { startDirectory, stateOf } from '../knowledge-base/find.ts';
import { stateDirectory } from '../knowledge-base/layout.ts';
import { knowledgeBaseAt, waiting } from '../knowledge-base/open.ts';
import type { Print } from '../report/reporter.ts';
import { shellWord } from '../report/words.ts';
import type { Services } from '../services.ts';

interface Args extends Context {
  dir: string | undefined;
  model: string | undefined;
  language: string;
}

interface Created {
  readonly type: 'init';
  readonly root: string;
  readonly model: string;
  /** What the model was found by; absent where it was named. */
  readonly foundBy?: string;
  readonly language: string;
  /** Files and directories that lay in `raw/` already; absent where there are none. */
  readonly inRaw?: number;
}

export async function run(args: Args): Promise<void> {
  const services = await args.services();
  const language = languageTag(args.language);
  const dir = directoryOf(args);
  const root = services.realPath(resolve(startDirectory(services, args), dir));
  refuseOccupied(services, root);
  const inRaw = contentOf(services, join(root, 'raw'));
  const { model, from } = await chooseModel(services, args.model);
  if (args.signal.aborted) throw interruption(args.signal);
  makeStateDirectory(services, root);
  const kb = knowledgeBaseAt(services, root, 'openkb init');
  const session = await kb.journal.acquire('exclusive', waiting(args));
  try {
    // another process may have been faster, or an interrupted one have been complete
    if (stateOf(services.fileSystem, root) === 'complete') throw exists(root);
    session.commit({
      operation: 'init',
      changes: newKnowledgeBase({ model, language }),
    });
  } finally {
    session.release();
  }
  const created: Created = {
    type: 'init',
    root,
    model,
    ...(from !== undefined && { foundBy: from }),
    language,
    ...(inRaw > 0 && { inRaw }),
  };
  const elsewhere = root !== services.realPath(startDirectory(services, args));
  args.reporter.result(created, printFor(elsewhere ? dir : undefined));
}

/** What `--kb` names is not made somewhere else. */
function directoryOf({ dir, kb }: Args): string {
  if (dir !== undefined && kb !== undefined && resolve(dir) !== resolve(kb))
    throw usageError(`give either the directory "${dir}" or --kb "${kb}"`);
  return dir ?? kb ?? '.';
}

function makeStateDirectory({ fileSystem }: Services, root: string): void {
  try {
    makeDirectories(fileSystem, join(root, stateDirectory));
  } catch (cause) {
    throw new CliError('not-written', `${refusal(root)}: ${explain(cause).message}`, {
      hint: 'Choose a directory that you may write to.',
      cause,
    });
  }
}

const refusal = (root: string) => `cannot make a knowledge base in "${root}"`;

async function chooseModel(
  services: Services,
  named: string | undefined,
): Promise<{ model: string; from?: string }> {
  if (named === undefined) return services.detectModel();
  const { parseModelName } = await import('@openkb/language-model');
  if (named !== 'extractive') parseModelName(named);
  return { model: named };
}

function languageTag(given: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(given);
    if (tag !== undefined) return tag;
  } catch {
    // says so below
  }
  throw usageError(
    `--language cannot be "${given}": it is no language tag`,
    'Use one such as en, de or zh-Hans.',
  );
}

function refuseOccupied(services: Services, root: string): void {
  const { fileSystem } = services;
  const kind = fileSystem.stat(root)?.kind;
  if (kind !== undefined && kind !== 'directory')
    throw new CliError('bad-directory', `${refusal(root)}: it is no directory`);
  const state = stateOf(fileSystem, root);
  if (state !== 'absent') {
    // what looks complete may be an init that was cut off: taking the lock undoes it
    const { journal } = knowledgeBaseAt(services, root, 'openkb init');
    if (state === 'complete' && journal.pending().length === 0) throw exists(root);
    return;
  }
  // documents that wait in raw/ are welcome; a wiki that somebody wrote is not ours to go on with
  const raw = fileSystem.stat(join(root, 'raw'))?.kind ?? 'directory';
  const wiki = fileSystem.stat(join(root, 'wiki')) !== undefined;
  if (wiki || raw !== 'directory')
    throw new CliError(
      'bad-directory',
      `${refusal(root)}: it has a "${wiki ? 'wiki' : 'raw'}" of its own`,
      { hint: 'Choose an empty directory, or move that one away; nothing was changed.' },
    );
}

const contentOf = ({ sources }: Services, path: string): number =>
  sources.stat(path)?.kind === 'directory'
    ? sources.list(path).filter((name) => !name.startsWith('.')).length
    : 0;

function exists(root: string): CliError {
  return new CliError('exists', `"${root}" is a knowledge base already`, {
    hint: "Add documents with 'openkb add'.",
  });
}

const printFor =
  (elsewhere: string | undefined): Print<Created> =>
  ({ root, model, foundBy, inRaw }, { good, dim }) => {
    const add = `openkb add ${elsewhere === undefined ? '' : `--kb ${shellWord(elsewhere)} `}`;
    const why =
      foundBy === undefined
        ? 'as you chose'
        : foundBy === 'nothing'
          ? 'no key and no local model was found'
          : `found by ${foundBy}`;
    return [
      `${good('Made')} a knowledge base in "${root}".`,
      `Model: ${model} (${why}); to change it: openkb config set model NAME.`,
      model === 'extractive'
        ? 'Documents are compiled by the embedded extractive compiler: no key, no network.'
        : `Documents are sent to ${model} to be compiled; 'extractive' in its place sends nothing.`,
      inRaw === undefined
        ? dim(`Next: ${add}FILE...`)
        : `There is something in raw/ already; to add it: ${add}${shellWord(join(elsewhere ?? '', 'raw'))}`,
    ];
  };
