/**
 * Compiling one document again: plan, compare, commit. As an add, without a source: the lock is held for the
 * commit alone, and what has moved on meanwhile is compiled again.
 */
import type { Change } from '@openkb/journal';

import { indexChange, logChange, registryChange } from '../knowledge-base/books.ts';
import { stageAndCommit } from '../knowledge-base/commit-with-books.ts';
import { type RegisteredDocument, stillRegistered } from '../knowledge-base/find-document.ts';
import { compiledIndex } from '../knowledge-base/index-entries.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { LockContext } from '../knowledge-base/open.ts';
import { type PlannedChange, plannedChanges } from '../knowledge-base/planned-changes.ts';
import { register } from '../knowledge-base/registry.ts';
import { stillThere } from '../knowledge-base/rests-on.ts';
import { untilSettled } from '../knowledge-base/until-settled.ts';
import { planRecompile, type RecompileInputs, type RecompilePlan } from './plan.ts';

export interface RecompileRun extends Omit<RecompileInputs, 'signal' | 'resume'> {
  readonly lock: LockContext;
  readonly clock: () => Date;
  /** Plan only. */
  readonly dryRun: boolean;
}

export interface RecompileOutcome {
  readonly type: 'document';
  readonly status: 'planned' | 'recompiled' | 'unchanged' | 'partial';
  /** `doc_name`. */
  readonly name: string;
  readonly changes: readonly PlannedChange[];
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
  readonly warnings: readonly string[];
}

export function recompileDocument(
  run: RecompileRun,
  document: RegisteredDocument,
): Promise<RecompileOutcome> {
  const { signal } = run.lock;
  let resume: RecompileInputs['resume'];
  const attempt = async (): Promise<RecompileOutcome | undefined> => {
    const plan = await planRecompile(document, { ...run, signal, resume });
    resume = plan.compilation.plan;
    const outcome = outcomeOf(run, plan);
    if (run.dryRun || outcome.status === 'unchanged') return outcome;
    const warnings = await commit(run, plan);
    if (warnings === undefined) return undefined;
    const status = outcome.missing.length > 0 ? 'partial' : 'recompiled';
    return { ...outcome, status, warnings: [...outcome.warnings, ...warnings] };
  };
  return untilSettled(attempt, {
    message: (times) =>
      `cannot compile "${document.name}" again: its pages were changed by others ${times} meanwhile`,
    hint: 'Nothing was changed. Run the command again when nothing else edits the wiki.',
  });
}

function outcomeOf(run: RecompileRun, plan: RecompilePlan): RecompileOutcome {
  const { document, compilation } = plan;
  const isSame = !plan.changes.some((change) => differs(run, change));
  const settled = document.entry.partial === undefined && (compilation.missing ?? []).length === 0;
  const changes = isSame && settled ? [] : [...plan.changes, ...books(run, plan)];
  return {
    type: 'document',
    status: changes.length === 0 ? 'unchanged' : 'planned',
    name: document.name,
    changes: plannedChanges(
      run.kb,
      changes.filter((change) => differs(run, change)),
    ),
    missing: (compilation.missing ?? []).map(({ page, failure }) => ({
      path: wikiPath(page.path),
      reason: failure.reason,
    })),
    warnings: compilation.messages
      .filter(({ level }) => level === 'warning')
      .map(({ text }) => text),
  };
}

/** Whether a change changes something: a page that is written as it is does not. */
function differs({ kb }: RecompileRun, change: Change): boolean {
  if (change.kind !== 'write') return true;
  const there = kb.files.bytes(change.path);
  return there === undefined || Buffer.compare(there, change.bytes) !== 0;
}

/** Warnings of the commit; `undefined` where a path has moved on. */
async function commit(
  run: RecompileRun,
  plan: RecompilePlan,
): Promise<readonly string[] | undefined> {
  const { kb, lock } = run;
  const mutated = await stageAndCommit<{ readonly kind: 'meanwhile' }>(kb, lock, {
    operation: 'recompile',
    subject: plan.document.name,
    changes: plan.changes,
    books: () => (stillThere(kb.files, plan.restsOn) ? books(run, plan) : { kind: 'meanwhile' }),
  });
  return mutated.kind === 'committed' ? mutated.report.warnings : undefined;
}

/** @throws {CliError} `unknown-document`, `conflict` when somebody else has removed it, or added another content */
function books({ kb, clock }: RecompileRun, { document, compilation, input }: RecompilePlan) {
  const file = kb.registryFile();
  const { name, sha256 } = document;
  const entry = stillRegistered(file.registry, document);
  const { partial: _, ...whole } = entry;
  const { missing = [] } = compilation;
  const now = missing.length === 0 ? whole : { ...whole, partial: missing.map(({ page }) => page) };
  const labels = { [`summaries/${name}.md`]: input.docType };
  return [
    indexChange(kb, (text) => compiledIndex(text, compilation, labels)),
    logChange(kb, { at: clock(), operation: 'recompile', subject: name }),
    registryChange(register(file.registry, [sha256, now], sha256), file),
  ];
}
