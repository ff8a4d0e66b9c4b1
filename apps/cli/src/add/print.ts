import { printChange } from '../report/change.ts';
import type { Print } from '../report/reporter.ts';
import type { Style } from '../report/style.ts';
import { count } from '../report/words.ts';
import type { AddedOutcome, Outcome, PlannedOutcome, Summary } from './outcome.ts';

/** What became of one source, for people. */
export const printOutcome: Print<Exclude<Outcome, { status: 'failed' }>> = (outcome, style) => {
  if (outcome.status === 'planned') return printPlanned(outcome, style);
  if (outcome.status !== 'skipped') return printAdded(outcome, style);
  return [`${style.dim('skipped')}  ${outcome.source}: ${outcome.reason}`];
};

function printAdded(
  { status, source, name, pages, warnings }: AddedOutcome,
  style: Style,
): string[] {
  const number = (kind: string) => pages.filter((page) => page.kind === kind).length;
  const made = [
    number('concept') > 0 && count(number('concept'), 'concept page'),
    number('entity') > 0 && count(number('entity'), 'entity page'),
  ].filter(Boolean);
  const more = made.length === 0 ? '' : `, with ${made.join(' and ')}`;
  return [
    `${style.good(status.padEnd(7))}  ${source} -> wiki/summaries/${name}.md${more}`,
    ...warnings.map((warning) => `         ${style.odd('note:')} ${warning}`),
  ];
}

function printPlanned({ source, name, changes, warnings }: PlannedOutcome, style: Style): string[] {
  return [
    `${style.bold('would add')}  ${source} as "${name}": ${count(changes.length, 'change')}`,
    ...changes.map((change) => `  ${printChange(change, style)}`),
    ...warnings.map((warning) => `  ${style.odd('note:')} ${warning}`),
  ];
}

/** The end of a run. The failure of a single source was told just before. */
export const printSummary: Print<Summary> = (summary, { bold }) => {
  const { added, updated, skipped, failed, planned, notTried, stopped } = summary;
  const parts = [
    ...(planned > 0 ? [`would add ${planned}`] : [`added ${added}`]),
    ...(updated > 0 ? [`updated ${updated}`] : []),
    `skipped ${skipped}`,
    `failed ${failed}`,
    ...(notTried > 0 ? [`not tried ${notTried}`] : []),
  ];
  const tried = added + updated + skipped + failed + planned;
  const reasons = tried > 1 ? summary.failures.map(({ reason }) => `  ${reason}`) : [];
  const why = notTried > 0 && stopped !== undefined ? [`stopped: ${stopped}`] : [];
  return [bold(parts.join(', ')), ...reasons, ...why];
};
