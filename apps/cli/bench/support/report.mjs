// How every benchmark of the command line measures and prints.
import { availableParallelism, loadavg } from 'node:os';

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export const ms = (value) => value.toFixed(value < 100 ? 1 : 0);

/** `least / median / most` */
export const spread = (values) =>
  [Math.min(...values), median(values), Math.max(...values)]
    .map((one) => one.toFixed(0))
    .join(' / ');

export function title(text) {
  const [load] = loadavg();
  const cores = availableParallelism();
  console.log(`\n${text}`);
  console.log(`(Node ${process.versions.node}, ${cores} cores, load ${load.toFixed(1)})\n`);
}

const line = (cells) => `| ${cells.join(' | ')} |`;

/** Prints rows as a Markdown table; the first row is the heading. */
export function table([heading, ...rows]) {
  const rule = heading.map((_, n) => (n === 0 ? '---' : '---:'));
  console.log([line(heading), line(rule), ...rows.map(line)].join('\n'));
}

/** A bar is printed, never enforced: timings of a shared machine are no test. */
export function bar(text, met, figure) {
  console.log(`bar ${text}: ${met ? 'met' : 'NOT MET'} (${figure})`);
}
