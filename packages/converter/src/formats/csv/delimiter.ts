const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE = 65_536;
const MOST_LINES = 200;

/**
 * The sign between the values: the one that stands equally often, and more than once, in the most lines; `,` for
 * want of any. What is in quotation marks does not count. Excel's first line `sep=;` has the last word.
 */
export function delimiterOf(text: string): string {
  const stated = /^sep=(.)\r?\n/i.exec(text)?.[1];
  if (stated !== undefined) return stated;
  const sample = text.slice(0, SAMPLE).replace(/"(?:[^"]|"")*"/g, '""');
  const lines = sample
    .split(/\r?\n/, MOST_LINES)
    .slice(0, text.length > SAMPLE ? -1 : undefined)
    .filter((line) => line.trim() !== '');
  let best: { readonly sign: string; readonly score: number } = { sign: ',', score: 0 };
  for (const sign of DELIMITERS) {
    const score = scoreOf(lines, sign);
    if (score > best.score) best = { sign, score };
  }
  return best.sign;
}

/** Lines that have the commonest count, weighed a little by that count. */
function scoreOf(lines: readonly string[], sign: string): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const count = line.split(sign).length - 1;
    if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  let score = 0;
  for (const [count, times] of counts)
    score = Math.max(score, times * (1 + Math.min(count, 20) / 100));
  return score;
}
