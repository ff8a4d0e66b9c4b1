import type { Staging } from '@openkb/journal';
import type { Compiler } from '@openkb/wiki-compiler';

import type { Connection } from '../cloud/connect.ts';
import { importFromCloud } from '../cloud/import.ts';
import { indexInCloud, type Uploads } from '../cloud/uploads.ts';
import { CliError } from '../errors.ts';
import type { Config } from '../knowledge-base/config.ts';
import { discardStaging } from '../knowledge-base/discard-staging.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { plannedChanges } from '../knowledge-base/planned-changes.ts';
import type { Services } from '../services.ts';
import { isWebSource } from '../web/web-source.ts';
import { bookkeeping } from './bookkeeping.ts';
import { commitDocument } from './commit.ts';
import { fromFile } from './from-file.ts';
import { fromUrl } from './from-url.ts';
import type { Incoming, Known } from './incoming.ts';
import type { FailedOutcome, Outcome } from './outcome.ts';
import { pause } from './pause.ts';
import { type Plan, planDocument } from './plan.ts';
import { refuseText } from './receive.ts';
import type { FoundSource } from './scan.ts';
import { inTurn } from './turn.ts';

/** A source that fails throws. */
type Done = Exclude<Outcome, FailedOutcome>;

/** How often a document is planned again because the wiki moved on between reading and commit. */
const MOST_ATTEMPTS = 5;

/** What all documents of one run share. */
export interface AddRun {
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly lock: LockContext;
  readonly compiler: Compiler;
  readonly config: Config;
  /** Compile again what is registered already. */
  readonly force: boolean;
  /** Plan only. */
  readonly dryRun: boolean;
  /** Follow redirects from the public network to other ones. */
  readonly allowPrivateNetwork: boolean;
  /** PageIndex Cloud, once somebody needs it. */
  readonly cloud: () => Promise<Connection>;
  readonly uploads: Uploads;
  /** Told which step a source has come to, and where it stands in a long one. */
  readonly onStep: (source: FoundSource, step: Step, state?: string) => void;
}

export type Step = 'read' | 'fetch' | 'convert' | 'upload' | 'wait' | 'compile' | 'commit';

/**
 * Adds one source. Slow work happens in a staging directory and on values; the lock is held for the
 * commit alone. Whatever fails, the knowledge base is as it was.
 */
export async function addSource(run: AddRun, source: FoundSource): Promise<Done> {
  const staging = run.kb.journal.stage();
  try {
    return await addStaged(run, source, staging);
  } finally {
    discardStaging(staging, run.lock);
  }
}

async function addStaged(run: AddRun, source: FoundSource, staging: Staging): Promise<Done> {
  const received = await receive(run, source, staging);
  if ('knownAs' in received) return skipped(source, received.knownAs);
  const incoming = await indexInCloud(run, source, received);
  refuseText(incoming.document, source);
  const job = { source, incoming };
  const first = await compileAndCommit(run, job, staging, (commit) => inTurn(run, commit));
  if (first !== undefined) return first;
  for (let left = MOST_ATTEMPTS - 1; left > 0; left -= 1) {
    const again = () => compileAndCommit(run, job, staging, (commit) => commit());
    // oxlint-disable-next-line no-await-in-loop -- a try follows the failure of the one before
    const outcome = await inTurn(run, again);
    if (outcome !== undefined) return outcome;
  }
  throw new CliError(
    'conflict',
    `cannot add "${source.shown}": its pages were changed by others ${MOST_ATTEMPTS} times while it was compiled`,
    { hint: 'Nothing was written for it. Run the command again when nothing else edits the wiki.' },
  );
}

function receive(run: AddRun, source: FoundSource, staging: Staging): Promise<Incoming | Known> {
  if (source.cloudId !== undefined) return importFromCloud(run, source, source.cloudId);
  return isWebSource(source) ? fromUrl(run, source, staging) : fromFile(run, source, staging);
}

interface Job {
  readonly source: FoundSource;
  readonly incoming: Incoming;
}

/**
 * One try; `undefined` where the wiki has moved on between reading and commit.
 * @param around runs the commit
 */
async function compileAndCommit(
  run: AddRun,
  { source, incoming }: Job,
  staging: Staging,
  around: <T>(commit: () => Promise<T>) => Promise<T>,
): Promise<Done | undefined> {
  const { services, kb, lock } = run;
  await pause(lock.signal);
  run.onStep(source, 'compile');
  const plan = await planDocument(kb, { ...run, incoming });
  const warnings = [...incoming.document.messages, ...plan.compilation.messages]
    .filter(({ level }) => level === 'warning')
    .map(({ text }) => text);
  if (run.dryRun) return planned(run, source, plan, warnings);
  const prepared = staging.prepare(plan.changes);
  await pause(lock.signal);
  run.onStep(source, 'commit');
  const { force } = run;
  const { clock } = services;
  const options = { lock, staging, prepared, force, clock };
  const committed = await around(() => commitDocument(kb, plan, options));
  if (committed.kind === 'moved-on' || committed.kind === 'name-taken') return undefined;
  if (committed.kind === 'registered') return skipped(source, committed.name);
  return {
    type: 'document',
    status: plan.identity.previous ? 'updated' : 'added',
    source: source.shown,
    name: plan.identity.name,
    pages: plan.compilation.pages.map(({ path, kind, action }) => ({
      path: wikiPath(path),
      kind,
      action,
    })),
    ...(plan.pageCount !== undefined && { sourcePages: plan.pageCount }),
    warnings: [...warnings, ...committed.report.warnings],
  };
}

function planned(run: AddRun, source: FoundSource, plan: Plan, warnings: string[]): Done {
  const changes = [
    ...plan.changes,
    ...bookkeeping(run.kb, plan, run.kb.registryFile(), run.services.clock()),
  ];
  return {
    type: 'document',
    status: 'planned',
    source: source.shown,
    name: plan.identity.name,
    changes: plannedChanges(run.kb, changes),
    warnings,
  };
}

function skipped(source: FoundSource, name: string): Done {
  const what = source.cloudId === undefined ? 'the same content' : 'it';
  return {
    type: 'document',
    status: 'skipped',
    source: source.shown,
    reason: `${what} is there already as "${name}"`,
    name,
  };
}
