import type { ConvertedDocument } from '@openkb/converter';
import type { Staging } from '@openkb/journal';
import type { Compiler } from '@openkb/wiki-compiler';

import { CliError, interruption } from '../errors.ts';
import { explain } from '../explain.ts';
import type { Config } from '../knowledge-base/config.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { bookkeeping } from './bookkeeping.ts';
import { commitDocument } from './commit.ts';
import { nameOf } from './identify.ts';
import type { FailedOutcome, Outcome } from './outcome.ts';
import { type Plan, planDocument } from './plan.ts';
import { plannedChanges } from './planned-changes.ts';
import { convertReceived, receive, type Received } from './receive.ts';
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
  /** Told which step a source has come to. */
  readonly onStep: (source: FoundSource, step: 'read' | 'convert' | 'compile' | 'commit') => void;
}

/**
 * Adds one source. Slow work happens in a staging directory and on values; the lock is held for the
 * commit alone. Whatever fails, the knowledge base is as it was.
 */
export async function addSource(run: AddRun, source: FoundSource): Promise<Done> {
  const staging = run.kb.journal.stage();
  try {
    return await addStaged(run, source, staging);
  } finally {
    discard(staging, run.lock);
  }
}

/** What cannot be removed now goes with the next command; it changes no outcome. */
function discard(staging: Staging, { reporter }: LockContext): void {
  try {
    staging.discard();
  } catch (error) {
    reporter.warn(`temporary files stay until the next command: ${explain(error).message}`);
  }
}

async function addStaged(run: AddRun, source: FoundSource, staging: Staging): Promise<Done> {
  const { services, kb, lock } = run;
  run.onStep(source, 'read');
  const received = receive(services, staging, source);
  const known = kb.registry().get(received.sha256);
  if (known !== undefined && !run.force) return skipped(source, nameOf(known));
  await turn(lock.signal);
  run.onStep(source, 'convert');
  const document = await convertReceived(services, received, lock.signal);
  const converted = { received, document };
  const first = await compileAndCommit(run, converted, staging, (commit) => inTurn(run, commit));
  if (first !== undefined) return first;
  for (let left = MOST_ATTEMPTS - 1; left > 0; left -= 1) {
    const again = () => compileAndCommit(run, converted, staging, (commit) => commit());
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

interface Converted {
  readonly received: Received;
  readonly document: ConvertedDocument;
}

/**
 * One try; `undefined` where the wiki has moved on between reading and commit.
 * @param around runs the commit
 */
async function compileAndCommit(
  run: AddRun,
  converted: Converted,
  staging: Staging,
  around: <T>(commit: () => Promise<T>) => Promise<T>,
): Promise<Done | undefined> {
  const { services, kb, lock } = run;
  const { source } = converted.received;
  await turn(lock.signal);
  run.onStep(source, 'compile');
  const plan = await planDocument(kb, { ...run, ...converted, realPath: services.realPath });
  const warnings = [...converted.document.messages, ...plan.compilation.messages]
    .filter(({ level }) => level === 'warning')
    .map(({ text }) => text);
  if (run.dryRun) return planned(run, source, plan, warnings);
  const prepared = staging.prepare(plan.changes);
  await turn(lock.signal);
  run.onStep(source, 'commit');
  const { force } = run;
  const { clock } = services;
  const options = { lock, staging, prepared, force, clock };
  const committed = await around(() => commitDocument(kb, plan, options));
  if (committed.kind === 'moved-on') return undefined;
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
  return {
    type: 'document',
    status: 'skipped',
    source: source.shown,
    reason: `the same content is there already as "${name}"`,
    name,
  };
}

/** Lets a signal arrive, and stops here when one has. */
async function turn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  if (signal.aborted) throw interruption(signal);
}
