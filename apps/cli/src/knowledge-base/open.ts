import type { FileSystem } from '@openkb/atomic-fs';
import {
  type Expectation,
  openJournal,
  type Journal,
  type LockHolder,
  type Session,
} from '@openkb/journal';

import type { Context } from '../command.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Services } from '../services.ts';
import { userValues } from '../settings/effective.ts';
import { type Config, decodeConfig, defaults } from './config.ts';
import { type Files, filesOf } from './files.ts';
import { findRoot, stateOf, type Whereabouts } from './find.ts';
import { configPath, registryPath, stateDirectory } from './layout.ts';
import { lostRegistry, registryMissing } from './lost-registry.ts';
import { decodeRegistry, type Registry } from './registry.ts';

/** An open knowledge base. */
export interface KnowledgeBase {
  /** Real, absolute. */
  readonly root: string;
  readonly fileSystem: FileSystem;
  readonly files: Files;
  readonly journal: Journal;
  readonly locks: Services['locks'];
  config(): Config;
  /** The registry as it is; empty where there is none. */
  registry(): Registry;
  /**
   * The registry for a change of it.
   * @throws {CliError} `registry-missing` where it was lost
   */
  registryFile(): RegistryFile;
}

export interface RegistryFile {
  readonly registry: Registry;
  /** What a change that is made from it expects to find. */
  readonly expect: Expectation;
}

/** What taking the lock needs to know of the command line. */
export type LockContext = Pick<Context, 'wait' | 'reporter' | 'signal'>;

/** Opens the knowledge base that the command line means. Takes no lock and reads no page. */
export function openKnowledgeBase(
  services: Services,
  where: Whereabouts,
  command: string,
): KnowledgeBase {
  return knowledgeBaseAt(services, findRoot(services, where), command);
}

/** `root`: real and absolute, with a state directory. `command`: shown to those who wait for our lock. */
export function knowledgeBaseAt(services: Services, root: string, command: string): KnowledgeBase {
  const { fileSystem } = services;
  const files = filesOf(fileSystem, root);
  const registryFile = registryReader(files);
  const config = () => decodeConfig(files.text(configPath).text, userValues(services));
  let journal: Journal | undefined;
  const open = () =>
    openJournal({
      root,
      stateDirectory,
      fileSystem,
      locks: services.locks(),
      clock: services.clock,
      randomId: services.randomId,
      command,
      keep: keptBy(config),
    });
  return {
    root,
    fileSystem,
    files,
    get journal() {
      return (journal ??= open());
    },
    locks: services.locks,
    config,
    registry: () => registryFile().registry,
    registryFile: () => {
      const file = registryFile();
      if (file.expect === 'absent' && lostRegistry({ files })) throw registryMissing();
      return file;
    },
  };
}

/** Settings that cannot be read are no reason to lose what is kept, nor to refuse recovery. */
function keptBy(config: () => Config): number {
  try {
    return config().keep;
  } catch {
    return defaults.keep;
  }
}

/** Reads the registry's file each time, and its many entries only when the file is another one. */
function registryReader(files: Files): () => RegistryFile {
  let last: { text: string | undefined; registry: Registry } | undefined;
  return () => {
    const { text, expect } = files.text(registryPath);
    if (last === undefined || last.text !== text) last = { text, registry: decodeRegistry(text) };
    return { registry: last.registry, expect };
  };
}

/**
 * Runs `work` under the exclusive lock and frees it whatever happens. Waits for whoever holds it,
 * says so once, and reports what was recovered on the way.
 *
 * @throws {JournalError} `locked`, `recovery-needed`
 */
export async function underLock<T>(
  kb: KnowledgeBase,
  context: LockContext,
  work: (session: Session) => T,
): Promise<T> {
  const session = await kb.journal.acquire('exclusive', {
    ...waiting(context),
    unrecovered: 'throw',
  });
  try {
    for (const report of session.recovered) context.reporter.warn(recoveredText(report));
    if (stateOf(kb.fileSystem, kb.root) !== 'complete')
      throw new CliError(
        'unfinished-knowledge-base',
        `"${kb.root}" is no knowledge base any more`,
        {
          hint: `Its 'openkb init' had been interrupted; run 'openkb init ${kb.root}' again.`,
          exitCode: exitCodes.noKnowledgeBase,
        },
      );
    return work(session);
  } finally {
    session.release();
  }
}

/** How long to wait for the lock, and what is said meanwhile. */
export function waiting({ wait, reporter, signal }: LockContext) {
  return {
    waitMs: wait * 1000,
    signal,
    onWait: (holder: LockHolder | undefined) => reporter.note(`waiting for ${holderText(holder)}`),
  };
}

function holderText(holder: LockHolder | undefined): string {
  if (holder === undefined) return 'another process to finish its change';
  return `"${holder.command}" (process ${holder.pid}, since ${holder.since}) to finish its change`;
}

/** What taking the lock found unfinished, as one sentence. */
export function recoveredText(report: Session['recovered'][number]): string {
  const what = [report.operation ?? 'change', report.subject && `of "${report.subject}"`]
    .filter(Boolean)
    .join(' ');
  const done = {
    'rolled back': `an interrupted ${what} was rolled back`,
    finished: `an interrupted ${what} was complete; its traces were cleared away`,
    'set aside': `an unreadable record of a change was set aside in .openkb/quarantine/${report.id}`,
  }[report.outcome];
  const kept =
    report.kept.length > 0 ? `; files changed meanwhile are kept: ${report.kept.join(', ')}` : '';
  const again = report.operation === 'init' && report.outcome === 'rolled back';
  return done + kept + (again ? "; 'openkb init' makes the knowledge base anew" : '');
}
