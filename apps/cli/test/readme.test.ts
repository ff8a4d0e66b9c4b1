/* oxlint-disable no-await-in-loop -- one command after the other */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { commands } from '../src/commands/index.ts';
import { exitCodes } from '../src/exit-codes.ts';
import { write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the commands of the example do what they say', async () => {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'paper.md': '# Signals\n\nA fog signal is a device that makes a loud sound.\n' });
  const block = /```console\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const lines = [...block.matchAll(/^\$ openkb (.*)$/gm)].map(([, line = '']) => line);
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    );
    const { code, out } = await run(dir, args);
    expect({ line, code }).toEqual({ line, code: 0 });
    expect(out).not.toBe('');
  }
  expect((await run(join(dir, 'notes'), ['query', 'What is a fog signal?'])).out).toContain(
    'A fog signal is a device that makes a loud sound.',
  );
});

/** What stands between a heading and the next one. */
const section = (title: string) =>
  new RegExp(`^## ${title}\n(.*?)^##`, 'ms').exec(readme)?.[1] ?? '';

test('the tables name every command and every exit code', () => {
  const named = [...section('Commands').matchAll(/^\| `(\w+)[^`]*` +\|/gm)].map(([, name]) => name);
  const declared = commands.map(({ command }) => String(command).split(' ')[0]);
  expect(new Set(named)).toEqual(new Set([...declared, 'completion']));
  const codes = [...section('Exit codes').matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => code);
  expect(codes.map(Number)).toEqual(Object.values(exitCodes));
});
