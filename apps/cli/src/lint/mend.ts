/**
 * Mending what code can mend: plan, ask, commit, as one mutation.
 *
 * The plan is computed without the exclusive lock and shown; a dry run ends there. Nobody holds the lock
 * while a person thinks. The commit compares every page with what its change was made from; index and
 * registry are made again from what they hold then. A link is only taken for dead, or for another spelling, while
 * that is so: where a page that it means has come or gone since, all is looked at again.
 */
import type { Change } from '@openkb/journal';
import { parseLinks, readFrontMatter } from '@openkb/wiki';

import { indexChange, logChange, registryChange } from '../knowledge-base/books.ts';
import { citesOf } from '../knowledge-base/cites.ts';
import { stageAndCommit } from '../knowledge-base/commit-with-books.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { isPageThere } from '../knowledge-base/page-there.ts';
import { type PlannedChange, plannedChanges } from '../knowledge-base/planned-changes.ts';
import { untilSettled } from '../knowledge-base/until-settled.ts';
import { count } from '../report/words.ts';
import type { LintFinding } from './finding.ts';
import { mendIndex } from './mend-index.ts';
import { mendRegistry } from './mend-registry.ts';
import { type MendPlan, planMending } from './plan.ts';
import { type Survey, survey } from './survey.ts';

export interface MendRun {
  readonly kb: KnowledgeBase;
  readonly lock: LockContext;
  readonly clock: () => Date;
  /** Plan only. */
  readonly dryRun: boolean;
  /** Whether to go on with a plan; throws to end the command. */
  readonly approve: (mending: Mending) => Promise<boolean>;
}

export interface Mending {
  readonly status: 'nothing' | 'planned' | 'mended' | 'kept';
  readonly changes: readonly PlannedChange[];
  /** How many findings go, by code. */
  readonly mended: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

export interface MendResult {
  readonly mending: Mending;
  /** The knowledge base as it was looked at last. */
  readonly seen: Survey;
  /** What is wrong with it now. */
  readonly findings: readonly LintFinding[];
}

export function mend(run: MendRun): Promise<MendResult> {
  const { kb, lock } = run;
  let approved: string | undefined;
  const attempt = async (): Promise<MendResult | undefined> => {
    const seen = await survey(kb, lock);
    const plan = planMending(kb, seen);
    const mending = mendingOf(run, seen, plan);
    if (run.dryRun || mending.status === 'nothing')
      return { mending, seen, findings: seen.findings };
    const shown = JSON.stringify([mending.changes, mending.mended]);
    if (shown !== approved && !(await run.approve(mending)))
      return { mending: { ...mending, status: 'kept' }, seen, findings: seen.findings };
    approved = shown;
    const warnings = await commit(run, plan);
    if (warnings === undefined) return undefined;
    return { mending: { ...mending, status: 'mended', warnings }, seen, findings: plan.left };
  };
  return untilSettled(attempt, {
    message: (times) => `cannot mend the wiki: its pages were changed by others ${times} meanwhile`,
    hint: 'Nothing was changed. Run the command again when nothing else edits the wiki.',
  });
}

function mendingOf(run: MendRun, { findings }: Survey, plan: MendPlan): Mending {
  const isNothing = plan.pages.length === 0 && !plan.changesIndex && !plan.changesRegistry;
  const changes = isNothing ? [] : [...plan.pages, ...books(run, plan)];
  const after = countByCode(plan.left);
  const mended = Object.entries(countByCode(findings)).flatMap(([code, number]) => {
    const gone = number - (after[code] ?? 0);
    return gone > 0 ? [[code, gone] as const] : [];
  });
  return {
    status: isNothing ? 'nothing' : 'planned',
    changes: plannedChanges(run.kb, changes),
    mended: Object.fromEntries(mended),
    warnings: [],
  };
}

export function countByCode(findings: readonly LintFinding[]): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const { code } of findings) numbers[code] = (numbers[code] ?? 0) + 1;
  return numbers;
}

/** Warnings of the commit; `undefined` where something has moved on. */
async function commit(run: MendRun, plan: MendPlan): Promise<readonly string[] | undefined> {
  const { kb, lock } = run;
  const mutated = await stageAndCommit<{ readonly kind: 'meanwhile' }>(kb, lock, {
    operation: 'lint',
    subject: subjectOf(plan),
    changes: plan.pages,
    books: () => (isStillSo(kb, plan) ? books(run, plan) : { kind: 'meanwhile' }),
  });
  return mutated.kind === 'committed' ? mutated.report.warnings : undefined;
}

const subjectOf = ({ pages, changesIndex, changesRegistry }: MendPlan): string =>
  `mended ${[
    ...(pages.length > 0 ? [count(pages.length, 'page')] : []),
    ...(changesIndex ? ['the index'] : []),
    ...(changesRegistry ? ['the registry'] : []),
  ].join(', ')}`;

/** Those of the books that change, from what they hold now, and the log. */
function books({ kb, clock }: MendRun, plan: MendPlan): Change[] {
  const log = logChange(kb, { at: clock(), operation: 'lint', subject: subjectOf(plan) });
  const file = plan.changesRegistry ? kb.registryFile() : undefined;
  return [
    ...(plan.changesIndex ? [indexChange(kb, (text) => indexNow(kb, plan, text))] : []),
    log,
    ...(file ? [registryChange(mendRegistry(kb, file.registry), file)] : []),
  ];
}

/** Pages come and go: what is there now has an entry, and nothing else. */
function indexNow(kb: KnowledgeBase, { index }: MendPlan, text: string): string {
  return mendIndex(text, {
    missing: index.missing.filter(({ target }) => isThere(kb, target)),
    resolve: (target) => index.resolve(target) ?? (isThere(kb, target) ? target : undefined),
  });
}

/** Whether the links of the changed pages still mean what they meant. */
function isStillSo(kb: KnowledgeBase, { pages, resolve }: MendPlan): boolean {
  return pages.every((change) => {
    const text = kb.files.bytes(change.path);
    if (text === undefined) return false;
    const page = new TextDecoder().decode(text);
    const targets = [
      ...parseLinks(page).map(({ target }) => target),
      ...citesOf(readFrontMatter(page)),
    ];
    return targets.every((target) => {
      const to = resolve(target);
      return to === undefined ? !isThere(kb, target) : kb.files.has(wikiPath(to));
    });
  });
}

const isThere = ({ files }: KnowledgeBase, target: string): boolean => isPageThere(files, target);
