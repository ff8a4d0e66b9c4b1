import { localTime } from '../report/local-time.ts';
import { cost, tokens } from '../report/spending.ts';
import type { Style } from '../report/style.ts';
import { table } from '../report/table.ts';
import { shortened } from '../report/words.ts';
import type { Spent, UsageSummary } from './summarise.ts';

/** Characters of a subject that fit into a line. */
const SHOWN = 40;

/** A table of what was spent on what; then the commands and models, where there are several, and the sum. */
export function printUsage({ entries, commands, models, total }: UsageSummary, style: Style) {
  if (entries.length === 0) return [];
  const rows = table([
    ['last', 'command', 'for', 'model', 'requests', 'input', 'output', 'cost'],
    ...entries.map((entry) => [
      dayOf(entry.last),
      entry.command,
      short(entry.subject),
      entry.model,
      ...figures(entry),
    ]),
  ]);
  const sums = [
    ...(commands.length > 1 ? commands.map((one) => [one.command, ...figures(one)]) : []),
    ...(models.length > 1 ? models.map((one) => [one.model, ...figures(one)]) : []),
    ['total', ...figures(total)],
  ];
  return [
    ...rows.map((row, n) => (n === 0 ? style.dim(row) : row)),
    '',
    ...table([['', 'requests', 'input', 'output', 'cost'], ...sums]).map((row, n) =>
      n === 0 ? style.dim(row) : row,
    ),
  ];
}

const figures = (spent: Spent): string[] => [
  String(spent.requests),
  tokens(spent.inputTokens),
  tokens(spent.outputTokens),
  costOf(spent),
];

/** What has no known price is never shown as free. */
function costOf({ dollars, unpriced }: Spent): string {
  if (unpriced === 0) return cost(dollars);
  return dollars === 0 ? 'unknown' : `${cost(dollars)} and unknown`;
}

const short = (subject: string): string => shortened(subject.replace(/\s+/g, ' '), SHOWN);

function dayOf(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : localTime(date).slice(0, 10);
}
