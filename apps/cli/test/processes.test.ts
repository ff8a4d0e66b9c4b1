/** Real processes: two that add at once, and one that is interrupted. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { spawnCli } from './helpers/child.ts';
import { documentNumber } from './helpers/documents.ts';
import { faults, read, tree, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

test('two processes that add at once lose nothing of each other', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  const numbers = Array.from({ length: 14 }, (_, i) => i);
  for (const i of numbers)
    write(dir, { [`${i % 2 === 0 ? 'even' : 'odd'}/report${i}.md`]: documentNumber(i) });
  write(dir, { 'even/shared.md': documentNumber(99), 'odd/shared.md': documentNumber(99) });
  const children = ['even', 'odd'].map((name) => spawnCli(dir, ['add', '--kb', 'kb', name]));
  const ends = await Promise.all(children.map(({ ended }) => ended));
  expect(ends.map(({ code, err }) => (code === 0 ? 0 : err))).toEqual([0, 0]);
  const added = ends.map(({ out }) => Number(/added (\d+)/.exec(out)?.[1]));
  expect((added[0] ?? 0) + (added[1] ?? 0)).toBe(15);
  const index = read(dir, 'kb/wiki/index.md');
  for (const i of numbers) expect(index).toContain(`[[summaries/report${i}]]`);
  expect(read(dir, 'kb/wiki/log.md').match(/\] ingest \| /g)).toHaveLength(15);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

/** Long enough to compile that a signal finds it at work. */
const LONG = Array.from({ length: 1500 }, (_, i) => documentNumber(i)).join('\n');

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s: what was finished stays, the rest leaves no trace (exit %i)',
  async (signal, code) => {
    const dir = temporaryDirectory(onTestFinished);
    write(dir, { 'a.md': documentNumber(1), 'b.md': LONG, 'c.md': documentNumber(3) });
    await run(dir, ['init', 'kb']);
    const args = ['add', '--kb', 'kb', '--json', 'a.md', 'b.md', 'c.md'];
    const itself = { after: '"step":"compile","source":"b.md"', signals: [signal] };
    const ended = await spawnCli(dir, args, undefined, {}, itself).ended;
    expect(ended.code).toBe(code);
    const summary: unknown = JSON.parse(ended.out.trim().split('\n').at(-1) ?? '');
    expect(summary).toMatchObject({
      type: 'summary',
      added: 1,
      failed: 0,
      notTried: 2,
      stopped: signal === 'SIGINT' ? 'interrupted' : 'terminated',
      exitCode: code,
    });
    expect(readdirSync(join(dir, 'kb/raw'))).toEqual(['a.md']);
    expect(readdirSync(join(dir, 'kb/.openkb/staging'))).toEqual([]);
    expect(faults(join(dir, 'kb'))).toEqual([]);
    expect((await run(dir, ['add', '--kb', 'kb', 'c.md'])).code).toBe(0);
  },
);

test('a second SIGINT ends the process at once, and the next command clears up', async () => {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'b.md': LONG });
  await run(dir, ['init', 'kb']);
  const before = tree(join(dir, 'kb'));
  const args = ['add', '--kb', 'kb', '--json', 'b.md'];
  const itself = { after: '"step":"compile"', signals: ['SIGINT', 'SIGINT'] } as const;
  expect((await spawnCli(dir, args, undefined, {}, itself).ended).code).toBe(130);
  expect((await run(dir, ['recover', '--kb', 'kb'])).code).toBe(0);
  const { '.openkb/staging/': _, ...after } = tree(join(dir, 'kb'));
  expect(after).toEqual(before);
});

/** Files that a built file loads at once: by `import` statements, and from `cli.js` the program itself. */
function loaded(directory: string, file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = read(directory, file);
  for (const [, name = ''] of text.matchAll(/(?:from|import) ?"\.\/([^"]+)"/g))
    loaded(directory, name, seen);
  for (const [, name = ''] of text.matchAll(/await import\("\.\/(main-[^"]+)"\)/g))
    loaded(directory, name, seen);
  return seen;
}

test('the program starts without loading any of the packages that do the work', () => {
  const directory = dirname(process.env['OPENKB_TEST_CLI'] ?? '');
  const texts = [...loaded(directory, 'cli.js')].map((file) => read(directory, file));
  expect(texts.join('').length).toBeGreaterThan(100_000);
  expect(texts.join('').length).toBeLessThan(400_000);
  expect(texts.filter((text) => /kernelLocks|pdfium|extractiveCompiler\(/.test(text))).toEqual([]);
});

test('a closed pipe at the other end is no failure', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  const child = spawnCli(dir, ['--help']);
  child.process.stdout.destroy();
  expect((await child.ended).code).toBe(0);
});
