/**
 * The last step of adding a document: everything slow is done, everything here is local and short.
 *
 * 1. Read the registry again. Registered meanwhile by another process: nothing to do.
 * 2. Decide the name again. It is another one now, or a page is gone that its pages link: the plan is void, plan again.
 * 3. Complete the change set: registry, index, log, each made from what it holds now.
 * 4. One commit under the exclusive lock, which compares every path with what its change was made
 *    from. Only the books have moved on: from 1 again. A page has: plan again, nothing is written.
 */
import type { Change, Staging } from '@openkb/journal';

import { commitWithBooks, type Mutated } from '../knowledge-base/commit-with-books.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import type { Registry } from '../knowledge-base/registry.ts';
import { stillThere } from '../knowledge-base/rests-on.ts';
import { bookkeeping } from './bookkeeping.ts';
import { identify } from './identify.ts';
import type { Plan } from './plan.ts';

export interface CommitOptions {
  readonly lock: LockContext;
  readonly staging: Staging;
  /** The plan's changes as they are staged. */
  readonly prepared: readonly Change[];
  /** Compile again what is registered already. */
  readonly force: boolean;
  readonly clock: () => Date;
}

/** Found when the books are read: the plan is void. */
type Settled =
  | Extract<Mutated, { readonly kind: 'moved-on' }>
  | { readonly kind: 'registered'; readonly name: string }
  | { readonly kind: 'name-taken' };

export type Committed = Mutated | Settled;

export function commitDocument(
  kb: KnowledgeBase,
  plan: Plan,
  { lock, staging, prepared, force, clock }: CommitOptions,
): Promise<Committed> {
  return commitWithBooks<Settled>(kb, lock, {
    operation: 'add',
    subject: plan.facts.fileName,
    changes: prepared,
    staging,
    books: () => {
      const file = kb.registryFile();
      return settled(kb, plan, file.registry, force) ?? bookkeeping(kb, plan, file, clock());
    },
  });
}

function settled(
  kb: KnowledgeBase,
  plan: Plan,
  registry: Registry,
  force: boolean,
): Settled | undefined {
  const { name, previous } = identify(plan.facts, registry, kb.files);
  if (registry.has(plan.facts.sha256) && !force) return { kind: 'registered', name };
  const same = name === plan.identity.name && previous?.sha256 === plan.identity.previous?.sha256;
  if (!same) return { kind: 'name-taken' };
  return stillThere(kb.files, plan.restsOn) ? undefined : { kind: 'moved-on', paths: [] };
}
