/** Signals and Ctrl-C, wherever they come. */
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { spawnCli } from '../helpers/child.ts';
import { documentNumber } from '../helpers/documents.ts';
import { faults, read, tree, write } from '../helpers/knowledge-base.ts';
import {
  chatty,
  CTRL_C,
  CTRL_D,
  hasTerminal,
  PROMPT,
  screen,
  sessions,
  typeInChat,
} from './helpers.ts';

/** Long enough to compile that Ctrl-C finds it at work. */
const LONG = Array.from({ length: 600 }, (_, i) => documentNumber(i)).join('\n');

test.skipIf(!hasTerminal)(
  'Ctrl-C ends an /add without a trace, and the conversation goes on (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty(() => 'Still here.');
    write(dir, { 'long.md': LONG });
    const before = tree(join(dir, 'kb/wiki'));
    const wrong = faults(join(dir, 'kb'));
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, '/add -m extractive long.md\r'],
        ['compiling long.md', CTRL_C],
        ['interrupted', ''],
        [PROMPT, 'lamp?\r'],
        ['Still here.', ''],
        [PROMPT, CTRL_D],
      ],
      { environment },
    );
    expect({ code, shown: screen(shown) }).toMatchObject({ code: 0 });
    expect(tree(join(dir, 'kb/wiki'))).toEqual(before);
    expect(faults(join(dir, 'kb'))).toEqual(wrong);
    expect(sessions(dir)[0]?.user_turns).toEqual(['lamp?']);
  },
);

test.skipIf(!hasTerminal)(
  'with --no-input nobody is asked on a terminal: it is wrong usage (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty(() => 'x');
    const { shown, code } = await typeInChat(dir, ['--no-input'], [], { environment });
    expect(code).toBe(2);
    expect(screen(shown)).toContain('a conversation cannot be had with --no-input');
  },
);

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s while a pipe is still open ends the process with %i, between lines and in the midst of an answer',
  async (signal, code) => {
    const answering = { told: () => {} };
    const { dir, environment } = await chatty((_request, index) => {
      if (index === 0) return 'First.';
      answering.told();
      return { fault: 'silent' };
    });
    const child = spawnCli(dir, ['chat', '--kb', 'kb'], undefined, environment);
    answering.told = () => void child.process.kill(signal);
    child.process.stdin.write('lamp one\nlamp two\n');
    const ended = await child.ended;
    expect(ended).toMatchObject({ code, out: 'First.\n\n' });
    expect(sessions(dir)[0]?.user_turns).toEqual(['lamp one']);
    expect(read(dir, 'kb/.openkb/usage.jsonl').trim().split('\n')).toHaveLength(1);
    let told = false;
    const waiting = spawnCli(
      dir,
      ['chat', '--kb', 'kb'],
      () => {
        // a second signal may reach a process that no longer listens
        if (!told) waiting.process.kill(signal);
        told = true;
      },
      environment,
    );
    waiting.process.stdin.write('/list\n');
    expect((await waiting.ended).code).toBe(code);
  },
);

test('/exit ends a conversation whose pipe is still open', async () => {
  const { dir, environment } = await chatty(() => 'Yes.');
  const child = spawnCli(dir, ['chat', '--kb', 'kb'], undefined, environment);
  child.process.stdin.write('lamp\n/exit\nnever asked\n');
  expect(await child.ended).toMatchObject({ code: 0, out: 'Yes.\n' });
});

test('with no input at all it is wrong usage', async () => {
  const { dir, environment } = await chatty(() => 'Yes.');
  const child = spawnCli(dir, ['chat', '--kb', 'kb'], undefined, environment);
  child.process.stdin.end();
  const { code, err } = await child.ended;
  expect(code).toBe(2);
  expect(err).toContain('nothing is asked');
});
