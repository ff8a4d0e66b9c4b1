import type { Staging } from '@openkb/journal';
import type { Spending } from '@openkb/language-model';
import type { CompilationPlan, CompileStep } from '@openkb/wiki-compiler';

import type { Connection } from '../cloud/connect.ts';
import { importFromCloud } from '../cloud/import.ts';
import { indexInCloud, type Uploads } from '../cloud/uploads.ts';
import type { Config } from '../knowledge-base/config.ts';
import { discardStaging } from '../knowledge-base/discard-staging.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { plannedChanges } from '../knowledge-base/planned-changes.ts';
import { untilSettled } from '../knowledge-base/until-settled.ts';
import type { Compiling, DocumentCompiler } from '../model/compiling.ts';
import type { Services } from '../services.ts';
import { forgetDownload } from '../web/kept-downloads.ts';
import { isWebSource } from '../web/web-source.ts';
import { bookkeeping } from './bookkeeping.ts';
import { commitDocument } from './commit.ts';
import { fromFile } from './from-file.ts';
import { fromUrl } from './from-url.ts';
import type { Incoming, Known } from './incoming.ts';
import type { EstimatedOutcome, FailedOutcome, Outcome } from './outcome.ts';
import { pause } from './pause.ts';
import { estimateDocument, type Plan, planDocument } from './plan.ts';
import { refuseText } from './receive.ts';
import { registeredAs } from './registered.ts';
import type { FoundSource } from './scan.ts';
import { inTurn } from './turn.ts';

/** A source that fails throws. */
export type Done = Exclude<Outcome, FailedOutcome>;

/** What all documents of one run share. */
export interface AddRun {
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly lock: LockContext;
  readonly compiling: Compiling;
  readonly config: Config;
  /** Compile again what is registered already. */
  readonly force: boolean;
  /** Plan only. */
  readonly dryRun: boolean;
  /** Say what it would cost, and ask no model. */
  readonly estimate: boolean;
  /** Opens encrypted PDFs. */
  readonly password: string | undefined;
  /** Follow redirects from the public network to other ones. */
  readonly allowPrivateNetwork: boolean;
  /** PageIndex Cloud, once somebody needs it. */
  readonly cloud: () => Promise<Connection>;
  readonly uploads: Uploads;
  /** Told which step a source has come to, and where it stands in a long one. */
  readonly onStep: (source: FoundSource, step: Step, state?: string) => void;
  /** Told what the model is asked for, and what the document has cost so far. */
  readonly onPass: (source: FoundSource, step: CompileStep, spent: Spending) => void;
}

export type Step = 'read' | 'fetch' | 'convert' | 'upload' | 'wait' | 'compile' | 'commit';

/** A source that has come in, with the directory where its files are staged. */
export interface ReceivedSource {
  readonly source: FoundSource;
  readonly staging: Staging;
  readonly received: Incoming | Known;
}

/**
 * The first half of adding a source, which neither needs nor changes a page of the wiki: may be done ahead.
 * The caller discards the staging.
 */
export async function receiveSource(run: AddRun, source: FoundSource): Promise<ReceivedSource> {
  const staging = run.kb.journal.stage();
  try {
    return { source, staging, received: await receive(run, source, staging) };
  } catch (error) {
    discardStaging(staging, run.lock);
    throw error;
  }
}

function receive(run: AddRun, source: FoundSource, staging: Staging): Promise<Incoming | Known> {
  if (source.cloudId !== undefined) return importFromCloud(run, source, source.cloudId);
  return isWebSource(source) ? fromUrl(run, source, staging) : fromFile(run, source, staging);
}

/**
 * The second half: compile and commit. Slow work happens on values; the lock is held for the commit alone.
 * Whatever fails, the knowledge base is as it was.
 */
export async function addReceived(
  run: AddRun,
  { source, ...given }: ReceivedSource,
): Promise<Done> {
  const { received, staging } = given;
  if ('knownAs' in received) return skipped(source, received.knownAs);
  // one before it in this run may have been the same
  const known = await registeredAs(run, received.facts.sha256);
  if (known !== undefined) return forgotten(run, source, skipped(source, known));
  const incoming = await indexInCloud(run, source, received);
  refuseText(incoming.document, source);
  const compiler = run.compiling.open((step, spent) => run.onPass(source, step, spent));
  const job: Job = { source, incoming, staging, compiler, resume: undefined };
  if (run.estimate) return estimated(run, job);
  let committed = false;
  try {
    const done = await compileUntilCommitted(run, job);
    committed = done.status !== 'planned';
    return committed ? forgotten(run, source, done) : done;
  } finally {
    compiler.end(source.shown, committed ? 'committed' : 'failed');
  }
}

/** What was downloaded for a document that is there now is of no more use. */
function forgotten(run: AddRun, source: FoundSource, done: Done): Done {
  if (isWebSource(source)) forgetDownload(run.kb, source.path);
  return done;
}

interface Job {
  readonly source: FoundSource;
  readonly incoming: Incoming;
  readonly staging: Staging;
  readonly compiler: DocumentCompiler;
  /** What a try had made before the wiki moved on. */
  resume: CompilationPlan | undefined;
}

function compileUntilCommitted(run: AddRun, job: Job): Promise<Done> {
  const first = () => compileAndCommit(run, job, (commit) => inTurn(run, commit));
  const again = () => compileAndCommit(run, job, (commit) => commit());
  return untilSettled((number) => (number === 1 ? first() : inTurn(run, again)), {
    message: (times) =>
      `cannot add "${job.source.shown}": its pages were changed by others ${times} while it was compiled`,
    hint: 'Nothing was written for it. Run the command again when nothing else edits the wiki.',
  });
}

/**
 * One try; `undefined` where the wiki has moved on between reading and commit.
 * @param around runs the commit
 */
async function compileAndCommit(
  run: AddRun,
  job: Job,
  around: <T>(commit: () => Promise<T>) => Promise<T>,
): Promise<Done | undefined> {
  const { services, kb, lock, force } = run;
  const { source, incoming, staging, compiler } = job;
  await pause(lock.signal);
  run.onStep(source, 'compile');
  const plan = await planDocument(kb, { ...run, incoming, compiler, resume: job.resume });
  job.resume = plan.compilation.plan;
  if (run.dryRun) return planned(run, source, plan, warningsOf(incoming, plan));
  const prepared = staging.prepare(plan.changes);
  await pause(lock.signal);
  run.onStep(source, 'commit');
  const { clock } = services;
  const options = { lock, staging, prepared, force, clock };
  const committed = await around(() => commitDocument(kb, plan, options));
  if (committed.kind === 'moved-on' || committed.kind === 'name-taken') return undefined;
  if (committed.kind === 'registered') return skipped(source, committed.name);
  return added(job, plan, committed.report.warnings);
}

function warningsOf({ document }: Incoming, { compilation, lostEdits }: Plan): string[] {
  const messages = [...document.messages, ...compilation.messages];
  const warnings = messages.filter(({ level }) => level === 'warning').map(({ text }) => text);
  return [...warnings, ...lostEdits];
}

function added({ source, incoming, compiler }: Job, plan: Plan, more: readonly string[]): Done {
  const { pages, missing = [] } = plan.compilation;
  const spent = compiler.spent();
  const whole = plan.identity.previous ? 'updated' : 'added';
  return {
    type: 'document',
    status: missing.length > 0 ? 'partial' : whole,
    source: source.shown,
    name: plan.identity.name,
    pages: pages.map(({ path, kind, action }) => ({ path: wikiPath(path), kind, action })),
    ...(plan.pageCount !== undefined && { sourcePages: plan.pageCount }),
    ...(missing.length > 0 && {
      missing: missing.map(({ page, failure }) => ({
        path: wikiPath(page.path),
        reason: failure.reason,
      })),
    }),
    ...(spent && { spent }),
    warnings: [...warningsOf(incoming, plan), ...more],
  };
}

async function estimated(run: AddRun, { source, ...job }: Job): Promise<EstimatedOutcome> {
  const { name, estimate } = await estimateDocument(run.kb, { ...run, ...job });
  return {
    type: 'document',
    status: 'estimated',
    source: source.shown,
    name,
    ...(estimate && { estimate }),
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
