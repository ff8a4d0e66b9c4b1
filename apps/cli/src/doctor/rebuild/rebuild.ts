/**
 * The registry made again: plan, ask, commit. What can be read of a damaged one is kept, and so is the damaged
 * file itself, beside the new one; nothing else changes.
 */
import { type Change, JournalError } from '@openkb/journal';

import { logChange } from '../../knowledge-base/books.ts';
import { registryPath } from '../../knowledge-base/layout.ts';
import { type KnowledgeBase, type LockContext, underLock } from '../../knowledge-base/open.ts';
import { type PlannedChange, plannedChanges } from '../../knowledge-base/planned-changes.ts';
import { nameOf, type RegistryEntry } from '../../knowledge-base/registry.ts';
import { untilSettled } from '../../knowledge-base/until-settled.ts';
import { localTime } from '../../report/local-time.ts';
import { count } from '../../report/words.ts';
import { encoded, type Origin, planRebuild, type RebuildPlan } from './plan.ts';

export interface RebuildRun {
  readonly kb: KnowledgeBase;
  readonly lock: LockContext;
  readonly clock: () => Date;
  /** Plan only. */
  readonly dryRun: boolean;
  readonly approve: (rebuilt: Rebuilt) => Promise<boolean>;
}

export interface Rebuilt {
  readonly type: 'rebuild-registry';
  readonly status: 'unchanged' | 'planned' | 'rebuilt' | 'kept';
  readonly documents: readonly RebuiltDocument[];
  /** Documents with pages of which no original says their hash. */
  readonly unknown: readonly string[];
  /** Where the damaged file is kept, relative to the root. */
  readonly keptIn?: string;
  readonly changes: readonly PlannedChange[];
  readonly warnings: readonly string[];
}

export interface RebuiltDocument {
  /** `doc_name`. */
  readonly name: string;
  readonly sha256: string;
  readonly from: Origin;
  readonly entry: RegistryEntry;
}

export function rebuildRegistry(run: RebuildRun): Promise<Rebuilt> {
  const { kb, lock, clock } = run;
  let approved: string | undefined;
  const attempt = async (): Promise<Rebuilt | undefined> => {
    const plan = planRebuild(kb);
    const at = clock();
    const keptIn = plan.damaged && keptPath(kb, at);
    const changes = plan.isSame ? [] : changesOf(kb, plan, at, keptIn);
    const rebuilt = rebuiltOf(kb, plan, changes, keptIn);
    if (run.dryRun || plan.isSame) return rebuilt;
    const shown = JSON.stringify(rebuilt.documents);
    if (shown !== approved && !(await run.approve(rebuilt))) return { ...rebuilt, status: 'kept' };
    approved = shown;
    const warnings = await commit(kb, lock, plan, changes);
    return warnings && { ...rebuilt, status: 'rebuilt', warnings };
  };
  return untilSettled(attempt, {
    message: (times) =>
      `cannot rebuild "${registryPath}": it was changed by others ${times} meanwhile`,
    hint: 'Nothing was changed. Run the command again when nothing else writes.',
  });
}

function rebuiltOf(
  kb: KnowledgeBase,
  { registry, origins, unknown, isSame }: RebuildPlan,
  changes: readonly Change[],
  keptIn: string | undefined,
): Rebuilt {
  const documents = [...registry].map(([sha256, entry]): RebuiltDocument => {
    const from = origins.get(sha256) ?? 'kept';
    return { name: nameOf(entry), sha256, from, entry };
  });
  return {
    type: 'rebuild-registry',
    status: isSame ? 'unchanged' : 'planned',
    documents,
    unknown,
    ...(keptIn !== undefined && { keptIn }),
    changes: plannedChanges(kb, changes),
    warnings: [],
  };
}

/** Beside the new one: the name sorts with it, and no other program reads it. */
function keptPath(kb: KnowledgeBase, at: Date): string {
  const stamp = localTime(at).replace(/[-:]/g, '').replace(' ', '-');
  for (let number = 1; ; number += 1) {
    const path = `${registryPath}.damaged-${stamp}${number === 1 ? '' : `-${number}`}`;
    if (!kb.files.has(path)) return path;
  }
}

function changesOf(
  kb: KnowledgeBase,
  plan: RebuildPlan,
  at: Date,
  keptIn: string | undefined,
): Change[] {
  const { damaged, expect, registry } = plan;
  const kept: Change[] =
    damaged === undefined || keptIn === undefined
      ? []
      : [{ kind: 'write', path: keptIn, bytes: damaged, expect: 'absent' }];
  const subject = count(registry.size, 'document');
  return [
    ...kept,
    logChange(kb, { at, operation: 'rebuild-registry', subject }),
    { kind: 'write', path: registryPath, bytes: encoded(plan), expect },
  ];
}

/** Warnings of the commit; `undefined` where the registry has moved on. */
async function commit(
  kb: KnowledgeBase,
  lock: LockContext,
  { registry }: RebuildPlan,
  changes: readonly Change[],
): Promise<readonly string[] | undefined> {
  const subject = count(registry.size, 'document');
  try {
    const report = await underLock(kb, lock, (session) =>
      session.commit({ operation: 'rebuild-registry', subject, changes }),
    );
    return report.warnings;
  } catch (error) {
    if (error instanceof JournalError && error.code === 'conflict') return undefined;
    throw error;
  }
}
