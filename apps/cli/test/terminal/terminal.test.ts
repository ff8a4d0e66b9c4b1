/** The command on a real terminal, as a person drives it: read, answer, press Ctrl-C. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

import { tree, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

const drive = fileURLToPath(new URL('drive.py', import.meta.url));
const hasTerminal =
  process.platform !== 'win32' && spawnSync('python3', ['-c', 'import pty']).status === 0;

const LENS =
  '# Lens\n\nA Fresnel lens is a lens. The Fresnel lens is of rings. The Fresnel lens.\n';

async function started(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lens.md': LENS });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'lens.md']);
  return dir;
}

/** @param answers what is waited for on the screen, and what is typed then */
function openkb(
  cwd: string,
  args: readonly string[],
  answers: readonly (readonly [string, string])[],
) {
  const cli = process.env['OPENKB_TEST_CLI'] ?? '';
  const argv = [process.execPath, cli, ...args, '--kb', 'kb'];
  const env = { HOME: cwd, TERM: 'xterm', NO_COLOR: '1' };
  const input = JSON.stringify({ argv, cwd, env, answers });
  const { stdout, stderr } = spawnSync('python3', [drive], { input, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as { shown: string; code: number };
}

const QUESTION = 'Remove "lens"? [y/N] ';

test.skipIf(!hasTerminal)(
  'a removal is shown, asked for, and done at a yes (needs python3 for a terminal)',
  async () => {
    const dir = await started();
    const { shown, code } = openkb(dir, ['remove', 'lens'], [[QUESTION, 'y\r']]);
    expect(code).toBe(0);
    expect(shown).toContain('remove  wiki/summaries/lens.md');
    expect(shown).toContain('removed  "lens"');
    expect(Object.keys(tree(join(dir, 'kb/wiki/summaries')))).toEqual([]);
  },
);

test.skipIf(!hasTerminal).each([
  ['no', 'n\r', 0, 'kept  "lens"'],
  ['Enter alone', '\r', 0, 'kept  "lens"'],
  ['Ctrl-C', '\u0003', 130, 'interrupted'],
  ['the end of input', '\u0004', 1, 'no answer; nothing was done'],
])(
  '%s at the question changes nothing (needs python3 for a terminal)',
  async (_name, typed, code, said) => {
    const dir = await started();
    const before = tree(join(dir, 'kb'));
    const ended = openkb(dir, ['remove', 'lens'], [[QUESTION, typed]]);
    expect(ended.code).toBe(code);
    expect(ended.shown).toContain(said);
    expect(tree(join(dir, 'kb'))).toEqual(before);
  },
);

test.skipIf(!hasTerminal)(
  'nobody is asked with --no-input, also on a terminal (needs python3 for a terminal)',
  async () => {
    const dir = await started();
    const { shown, code } = openkb(dir, ['undo', '--no-input'], []);
    expect(code).toBe(2);
    expect(shown).toContain('Say so with --yes.');
  },
);
