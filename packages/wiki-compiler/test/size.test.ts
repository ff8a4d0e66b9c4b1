import { describe, expect, test } from 'vitest';

import { type CompilerInput, extractiveCompiler } from '../src/index.ts';
import { MemoryWiki, OPTIONS, inputOf } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();

async function secondsOf(input: CompilerInput): Promise<number> {
  const start = performance.now();
  await compiler.compile(input, new MemoryWiki(), OPTIONS);
  return (performance.now() - start) / 1000;
}

function text(markdown: string, format: CompilerInput['format'] = 'text'): CompilerInput {
  return inputOf('big', markdown, { format, title: 'Big' });
}

function log(lines: number): string {
  return Array.from(
    { length: lines },
    (_, line) =>
      `2024-05-01T12:00:${line % 60}.123Z INFO [worker-${line % 8}] Request ${line} done in ${line % 97} ms`,
  ).join('\n');
}

/** Seconds that a machine may be busy with something else. */
const SLACK = 1;

describe('four times the text takes less than eight times the time', () => {
  test.each<[string, (size: number) => string, number]>([
    ['one letter in a row', (size) => 'x'.repeat(size), 100_000],
    ['one capital in a row', (size) => 'X'.repeat(size), 100_000],
    ['one Chinese character in a row', (size) => '缓'.repeat(size), 10_000],
    ['letters and hyphens in a row', (size) => 'x-'.repeat(size / 2), 40_000],
    ['underlines in a row', (size) => '_'.repeat(size), 100_000],
    [
      'lines of one word without a blank one',
      (size) =>
        'word '
          .repeat(9)
          .concat('\n')
          .repeat(size / 46),
      100_000,
    ],
    ['words on one line', (size) => 'word '.repeat(size / 5), 100_000],
    ['a log', (size) => log(size / 75), 300_000],
  ])('%s', async (_, make, size) => {
    await secondsOf(text(make(1000)));
    const small = await secondsOf(text(make(size)));
    expect(await secondsOf(text(make(4 * size)))).toBeLessThan(8 * small + SLACK);
  });

  test.each([
    ['spaces in a heading', `# a${' '.repeat(100_000)}b`],
    ['number signs in a heading', `# a ${'#'.repeat(100_000)}b`],
  ])('%s do not hold the reader up', async (_, markdown) => {
    const small = await secondsOf(text(markdown.replace(/( |#){75000}/, ''), 'markdown'));
    expect(await secondsOf(text(markdown, 'markdown'))).toBeLessThan(8 * small + SLACK);
  });
});

test('a text with more sentences than a call can have arguments is compiled', async () => {
  const lines = Array.from({ length: 126_000 }, (_, at) => `We saw it run, ${at}.`);
  const { pages } = await compiler.compile(text(lines.join('\n')), new MemoryWiki(), OPTIONS);
  expect(pages.map(({ path }) => path)).toContain('summaries/big.md');
});

describe('others get their turn while a long document is compiled', () => {
  test('a timer fires many times', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await compiler.compile(text(log(10_000)), new MemoryWiki(), OPTIONS);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(40);
  });

  test('an aborted signal ends the work with its reason', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => abort.abort(reason), 5);
    await expect(
      compiler.compile(text(log(10_000)), new MemoryWiki(), { ...OPTIONS, signal: abort.signal }),
    ).rejects.toBe(reason);
  });

  test('a signal that is not aborted changes nothing', async () => {
    const { signal } = new AbortController();
    const input = text(log(50));
    expect(await compiler.compile(input, new MemoryWiki(), { ...OPTIONS, signal })).toEqual(
      await compiler.compile(input, new MemoryWiki(), OPTIONS),
    );
  });
});
