import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { killRounds, temporaryDirectory } from '../src/temporary/index.ts';

test('a temporary directory is empty, its own, and gone after disposal', () => {
  const [one, two] = [temporaryDirectory(), temporaryDirectory()];
  expect(one.path).not.toBe(two.path);
  expect(readdirSync(one.path)).toEqual([]);
  writeFileSync(join(one.path, 'file'), 'text');
  const inner = temporaryDirectory(one.path);
  expect(readdirSync(one.path)).toHaveLength(2);
  inner.dispose();
  for (const each of [one, two]) each.dispose();
  expect([existsSync(one.path), existsSync(two.path)]).toEqual([false, false]);
  expect(() => one.dispose()).not.toThrow();
});

const node = { command: process.execPath, seed: 3, rounds: 3 } as const;

test('a process that goes on for ever is killed after the delay that follows its marker', async () => {
  const script = "console.log('started'); setInterval(() => console.log('tick'), 5)";
  const seen: number[] = [];
  const outcomes = await killRounds({
    ...node,
    args: ['-e', script],
    delay: [20, 40],
    marker: 'started',
    check: ({ round }) => seen.push(round),
  });
  expect(seen).toEqual([1, 2, 3]);
  for (const { killed, signal, code, stdout, delay } of outcomes) {
    expect({ killed, signal, code }).toEqual({ killed: true, signal: 'SIGKILL', code: null });
    expect(stdout).toMatch(/^started/);
    expect(delay).toBeGreaterThanOrEqual(20);
    expect(delay).toBeLessThanOrEqual(40);
  }
});

test('a process that ends by itself is reported with its code and output', async () => {
  const script = "console.error('wrong'); process.exitCode = 3";
  const [outcome] = await killRounds({
    ...node,
    rounds: 1,
    args: ['-e', script],
    delay: [9e8, 9e8],
  });
  expect(outcome).toMatchObject({ killed: false, code: 3, signal: null, stderr: 'wrong\n' });
});

test('a check that throws ends the rounds', async () => {
  const rounds = killRounds({
    ...node,
    args: ['-e', ''],
    delay: [9e8, 9e8],
    check: ({ round }) => {
      if (round === 2) throw new Error('lost update');
    },
  });
  await expect(rounds).rejects.toThrow('lost update');
});
