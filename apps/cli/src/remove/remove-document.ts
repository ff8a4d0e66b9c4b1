/**
 * Removing one document: plan, ask, commit.
 *
 * The plan is computed without the lock and shown; a dry run ends there. Nobody holds the lock while a
 * person thinks: the commit compares every path with what its change was made from, and what has moved on
 * is planned again and, where the plan now reads differently, asked again.
 */
import { indexChange, logChange, registryChange } from '../knowledge-base/books.ts';
import { stageAndCommit } from '../knowledge-base/commit-with-books.ts';
import { type RegisteredDocument, stillRegistered } from '../knowledge-base/find-document.ts';
import { compiledIndex } from '../knowledge-base/index-entries.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { type PlannedChange, plannedChanges } from '../knowledge-base/planned-changes.ts';
import { unregister } from '../knowledge-base/registry.ts';
import { untilSettled } from '../knowledge-base/until-settled.ts';
import { hasNewLinks, planRemoval, type RemovalOptions, type RemovalPlan } from './plan.ts';

export interface RemovalRun extends Omit<RemovalOptions, 'signal'> {
  readonly kb: KnowledgeBase;
  readonly lock: LockContext;
  readonly clock: () => Date;
  /** Plan only. */
  readonly dryRun: boolean;
  /** Whether to go on with a plan; throws to end the command. */
  readonly approve: (outcome: RemovalOutcome) => Promise<boolean>;
}

export interface RemovalOutcome {
  readonly type: 'document';
  readonly status: 'planned' | 'removed' | 'kept';
  /** `doc_name`. */
  readonly name: string;
  readonly changes: readonly PlannedChange[];
  readonly warnings: readonly string[];
}

export function removeDocument(
  run: RemovalRun,
  document: RegisteredDocument,
): Promise<RemovalOutcome> {
  const { kb, lock } = run;
  let approved: string | undefined;
  const attempt = async (): Promise<RemovalOutcome | undefined> => {
    const plan = await planRemoval(kb, document, { ...run, signal: lock.signal });
    const outcome = outcomeOf(run, plan);
    if (run.dryRun) return outcome;
    const shown = JSON.stringify([outcome.changes, goneOf(plan)]);
    if (shown !== approved && !(await run.approve(outcome))) return { ...outcome, status: 'kept' };
    approved = shown;
    const warnings = await commitRemoval(run, plan);
    if (warnings === undefined) return undefined;
    return { ...outcome, status: 'removed', warnings: [...outcome.warnings, ...warnings] };
  };
  return untilSettled(attempt, {
    message: (times) =>
      `cannot remove "${document.name}": its pages were changed by others ${times} meanwhile`,
    hint: 'Nothing was removed. Run the command again when nothing else edits the wiki.',
  });
}

function outcomeOf(run: RemovalRun, plan: RemovalPlan): RemovalOutcome {
  const changes = [...plan.changes, ...books(run, plan)];
  return {
    type: 'document',
    status: 'planned',
    name: plan.document.name,
    changes: plannedChanges(run.kb, changes),
    warnings: plan.warnings,
  };
}

/** What would go as it is now: a page that was edited since it was shown is another one. */
const goneOf = ({ changes }: RemovalPlan) =>
  changes.flatMap((change) => (change.kind === 'remove' ? [[change.path, change.expect]] : []));

/** Warnings of the commit; `undefined` where a path has moved on. */
async function commitRemoval(
  run: RemovalRun,
  plan: RemovalPlan,
): Promise<readonly string[] | undefined> {
  const { kb, lock } = run;
  const mutated = await stageAndCommit<{ readonly kind: 'meanwhile' }>(kb, lock, {
    operation: 'remove',
    subject: plan.document.name,
    changes: plan.changes,
    books: () => {
      const made = books(run, plan);
      return hasNewLinks(kb, plan) ? { kind: 'meanwhile' } : made;
    },
  });
  return mutated.kind === 'committed' ? mutated.report.warnings : undefined;
}

/** @throws {CliError} `unknown-document`, `conflict` when somebody else has removed it, or added another content */
function books({ kb, clock }: RemovalRun, { document, compilation }: RemovalPlan) {
  const file = kb.registryFile();
  const { name, sha256 } = document;
  stillRegistered(file.registry, document);
  const { removals = [] } = compilation;
  const gone = { ...compilation, removals: [...removals, `summaries/${name}.md`] };
  return [
    indexChange(kb, (text) => compiledIndex(text, gone)),
    logChange(kb, { at: clock(), operation: 'remove', subject: name }),
    registryChange(unregister(file.registry, sha256), file),
  ];
}
