import type { Estimate } from '../model/compiling.ts';
import { printChange } from '../report/change.ts';
import type { Print } from '../report/reporter.ts';
import { cost, spending, tokens } from '../report/spending.ts';
import type { Style } from '../report/style.ts';
import { count } from '../report/words.ts';
import type {
  AddedOutcome,
  EstimatedOutcome,
  Outcome,
  PlannedOutcome,
  Summary,
} from './outcome.ts';

/** What became of one source, for people. */
export const printOutcome: Print<Exclude<Outcome, { status: 'failed' }>> = (outcome, style) => {
  if (outcome.status === 'planned') return printPlanned(outcome, style);
  if (outcome.status === 'estimated') return printEstimated(outcome, style);
  if (outcome.status !== 'skipped') return printAdded(outcome, style);
  return [`${style.dim('skipped')}  ${outcome.source}: ${outcome.reason}`];
};

function printAdded(outcome: AddedOutcome, style: Style): string[] {
  const { status, source, name, pages, missing = [], spent, warnings } = outcome;
  const number = (kind: string) => pages.filter((page) => page.kind === kind).length;
  const made = [
    number('concept') > 0 && count(number('concept'), 'concept page'),
    number('entity') > 0 && count(number('entity'), 'entity page'),
  ].filter(Boolean);
  const more = made.length === 0 ? '' : `, with ${made.join(' and ')}`;
  const price = spent ? style.dim(` (${spending(spent)})`) : '';
  const paint = status === 'partial' ? style.odd : style.good;
  return [
    `${paint(status.padEnd(7))}  ${source} -> wiki/summaries/${name}.md${more}${price}`,
    ...missing.map(({ path, reason }) => `         ${style.odd('missing:')} ${path}: ${reason}`),
    ...(missing.length > 0 ? [`         'openkb recompile ${name}' tries again`] : []),
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

function printEstimated({ source, estimate }: EstimatedOutcome, { bold }: Style): string[] {
  const what = estimate ? estimateText(estimate) : 'no model is asked';
  return [`${bold('estimate')}  ${source}: ${what}`];
}

function estimateText(estimate: Estimate): string {
  const { requests, inputTokens, outputTokens, pages, dollars } = estimate;
  return [
    `about ${count(pages, 'page')}`,
    count(requests, 'request'),
    `${tokens(inputTokens)} tokens in and ${tokens(outputTokens)} out`,
    dollars === undefined ? 'cost unknown' : cost(dollars),
  ].join(', ');
}

/** The end of a run. The failure of a single source was told just before. */
export const printSummary: Print<Summary> = (summary, { bold, dim }) => {
  const { added, updated, partial, skipped, failed, planned, estimated, notTried, stopped } =
    summary;
  const parts = [
    ...(planned > 0 ? [`would add ${planned}`] : []),
    ...(estimated > 0 ? [`estimated ${estimated}`] : []),
    ...(planned + estimated > 0 ? [] : [`added ${added}`]),
    ...(updated > 0 ? [`updated ${updated}`] : []),
    ...(partial > 0 ? [`partial ${partial}`] : []),
    `skipped ${skipped}`,
    `failed ${failed}`,
    ...(notTried > 0 ? [`not tried ${notTried}`] : []),
  ];
  const tried = added + updated + partial + skipped + failed + planned + estimated;
  const reasons = tried > 1 ? summary.failures.map(({ reason }) => `  ${reason}`) : [];
  const why = notTried > 0 && stopped !== undefined ? [`stopped: ${stopped}`] : [];
  const { spent, estimate } = summary;
  const price = [
    ...(spent && spent.usage.requests > 0 ? [dim(spending(spent))] : []),
    ...(estimate && estimated > 1 ? [dim(estimateText(estimate))] : []),
  ];
  return [bold(parts.join(', ')), ...reasons, ...why, ...price];
};
