// How every benchmark of this package measures and prints.
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds that `work` takes. */
export async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Peak resident memory of this process in MiB; the kernel's figure for this program alone. */
export function peakMemory() {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kibibytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kibibytes) / 1024;
}

export function title(text) {
  const [load] = loadavg();
  const cores = availableParallelism();
  const where = `Node ${process.versions.node}, ${cores} cores, load ${load.toFixed(1)}`;
  console.log(`\n${text}\n(${where})\n`);
}

const line = (cells) => `| ${cells.join(' | ')} |`;

/** Prints rows as a Markdown table; the first row is the heading. */
export function table([heading, ...rows]) {
  console.log([line(heading), line(heading.map(() => '---:')), ...rows.map(line)].join('\n'));
}

export const ms = (value) => value.toFixed(1);
export const ratio = (a, b) => (a / b).toFixed(2);

/** A bar is printed, never enforced: timings of a shared machine are no test. */
export function bar(text, met, figure) {
  console.log(`bar ${text}: ${met ? 'met' : 'not met'} (${figure})`);
}
