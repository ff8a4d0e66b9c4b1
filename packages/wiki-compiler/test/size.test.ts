import { describe, expect, test } from 'vitest';

import { type CompilerInput, extractiveCompiler } from '../src/index.ts';
import { countTurns } from './support/count-turns.ts';
import { MemoryWiki, OPTIONS, inputOf } from './support/memory-wiki.ts';

const compiler = extractiveCompiler();

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

describe('a text of so many parts that to look at each beside each would take many minutes', () => {
  test.each<[string, CompilerInput]>([
    ['one letter in a row', text('x'.repeat(2_000_000))],
    ['one capital in a row', text('X'.repeat(2_000_000))],
    ['one Chinese character in a row', text('缓'.repeat(200_000))],
    ['letters and hyphens in a row', text('x-'.repeat(1_000_000))],
    ['underlines in a row', text('_'.repeat(2_000_000))],
    ['lines of one word without a blank one', text(`${'word '.repeat(9)}\n`.repeat(30_000))],
    ['words on one line', text('word '.repeat(300_000))],
    ['a log', text(log(150_000))],
    ['spaces in a heading', text(`# a${' '.repeat(2_000_000)}b`, 'markdown')],
    ['number signs in a heading', text(`# a ${'#'.repeat(2_000_000)}b`, 'markdown')],
  ])('is compiled in one pass: %s', async (_, input) => {
    const { pages } = await compiler.compile(input, new MemoryWiki(), OPTIONS);
    expect(pages.map(({ path }) => path)).toContain('summaries/big.md');
  });
});

test('a text with more sentences than a call can have arguments is compiled', async () => {
  const lines = Array.from({ length: 126_000 }, (_, at) => `We saw it run, ${at}.`);
  const { pages } = await compiler.compile(text(lines.join('\n')), new MemoryWiki(), OPTIONS);
  expect(pages.map(({ path }) => path)).toContain('summaries/big.md');
});

describe('others get their turn while a long document is compiled', () => {
  test('the event loop turns many times', async () => {
    const turns = countTurns();
    await compiler.compile(text(log(10_000)), new MemoryWiki(), OPTIONS);
    expect(turns.end()).toBeGreaterThan(40);
  });

  test('an aborted signal ends the work with its reason', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const turns = countTurns((turn) => turn === 5 && abort.abort(reason));
    await expect(
      compiler.compile(text(log(10_000)), new MemoryWiki(), { ...OPTIONS, signal: abort.signal }),
    ).rejects.toBe(reason);
    expect(turns.end()).toBeLessThan(10);
  });

  test('a signal that is not aborted changes nothing', async () => {
    const { signal } = new AbortController();
    const input = text(log(50));
    expect(await compiler.compile(input, new MemoryWiki(), { ...OPTIONS, signal })).toEqual(
      await compiler.compile(input, new MemoryWiki(), OPTIONS),
    );
  });
});
