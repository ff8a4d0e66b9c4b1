/** `openkb chat` on a real terminal, as a person drives it. */
import { expect, test } from 'vitest';

import { read, write } from '../helpers/knowledge-base.ts';
import {
  asked,
  chatty,
  CTRL_C,
  CTRL_D,
  hasTerminal,
  PROMPT,
  screen,
  sessions,
  typeInChat,
} from './helpers.ts';

test.skipIf(!hasTerminal)(
  'questions are answered one after the other, each with what was said before (needs python3 for a terminal)',
  async () => {
    const { dir, server, environment } = await chatty((_request, index) =>
      index === 0 ? '## Wick\n\nIt is **round** ([[summaries/lamp|lamp]]).' : 'By Aimé Argand.',
    );
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, 'What wick has the lamp?\r'],
        ['tokens', ''],
        [PROMPT, 'And who made it?\r'],
        ['tokens', ''],
        [PROMPT, CTRL_D],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(shown).toContain('It is round (lamp).');
    expect(shown).toContain('- wiki/summaries/lamp.md');
    expect(shown).toContain('By Aimé Argand.');
    expect(server.requests[1]?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
    ]);
    expect(asked(server.requests[1])).toContain('And who made it?');
    const [session] = sessions(dir);
    expect(session).toMatchObject({
      title: 'What wick has the lamp?',
      model: 'openai/gpt-4o',
      turn_count: 2,
      user_turns: ['What wick has the lamp?', 'And who made it?'],
      assistant_texts: ['## Wick\n\nIt is **round** ([[summaries/lamp|lamp]]).', 'By Aimé Argand.'],
    });
    const ledger = read(dir, 'kb/.openkb/usage.jsonl').trim().split('\n');
    expect(ledger.map((line) => (JSON.parse(line) as { command: string }).command)).toEqual([
      'chat',
      'chat',
    ]);
  },
);

test.skipIf(!hasTerminal)(
  'Ctrl-C ends an answer and not the conversation, and keeps nothing of the turn (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty((_request, index) =>
      index === 0
        ? { fault: 'slow', chunkBytes: 40, everyMs: 50, answer: { text: 'word\n'.repeat(2000) } }
        : 'Short.',
    );
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, 'Tell me all\r'],
        ['word\r\nword', CTRL_C],
        ['not kept', ''],
        [PROMPT, 'Tell me less\r'],
        ['Short.', ''],
        [PROMPT, CTRL_C],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(sessions(dir).map(({ user_turns: turns }) => turns)).toEqual([['Tell me less']]);
    expect(read(dir, 'kb/.openkb/usage.jsonl')).toContain('"outcome":"interrupted"');
  },
);

test.skipIf(!hasTerminal)(
  'several lines that are pasted are one question, and press no key (needs python3 for a terminal)',
  async () => {
    const { dir, server, environment } = await chatty(() => 'Yes.');
    const pasted = `\u001B[200~first lamp\r\n\tsecond\u0003 lamp\nthird\u001B[201~`;
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, pasted],
        ['third', ' lamp?\r'],
        ['tokens', ''],
        [PROMPT, '/exit\r'],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(server.requests).toHaveLength(1);
    expect(sessions(dir)[0]?.user_turns).toEqual(['first lamp\n  second lamp\nthird lamp?']);
    // the terminal is told to mark pastes, and not to in the end
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    expect(shown).toMatch(/\u001B\[\?2004h.*\u001B\[\?2004l/s);
  },
);

test.skipIf(!hasTerminal)(
  'of a long paste is shown how long it is, and all of it is asked (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty(() => 'Yes.');
    const text = 'the lamp\n'.repeat(8000).trim();
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, `\u001B[200~${text}\u001B[201~`],
        ['[pasted 1: 71999 characters]', '?\r'],
        ['tokens', ''],
        [PROMPT, CTRL_D],
      ],
      { environment },
    );
    expect({ code, shown: screen(shown) }).toMatchObject({ code: 0 });
    expect(sessions(dir)[0]?.user_turns).toEqual([`${text}?`]);
  },
);

test.skipIf(!hasTerminal)(
  'on 40 columns no line of an answer is longer, and without colours nothing is styled (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty(() => `**Yes** ${'word '.repeat(60)}end.`);
    const { shown } = await typeInChat(
      dir,
      ['--no-color'],
      [
        [PROMPT, 'lamp\r'],
        ['tokens', ''],
        [PROMPT, '/help\r'],
        ['/exit', ''],
        [PROMPT, CTRL_D],
      ],
      { environment: { ...environment, NO_COLOR: '' }, columns: 40 },
    );
    const answer = /Yes word.*?end\./s.exec(shown)?.[0] ?? '';
    const help = /\/help {2}.*?\/exit[^\r]*/s.exec(shown)?.[0] ?? '';
    expect(answer).not.toBe('');
    expect(help).not.toBe('');
    for (const line of `${answer}\r\n${help}`.split('\r\n'))
      expect(line.length).toBeLessThanOrEqual(40);
    // oxlint-disable-next-line no-control-regex -- styling is what this is about
    expect(shown).not.toMatch(/\u001B\[[\d;]*m/);
  },
);

test.skipIf(!hasTerminal)(
  'what is typed while an answer comes is the next line, and not shown in its midst (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty((_request, index) =>
      index === 0
        ? { fault: 'slow', chunkBytes: 60, everyMs: 30, answer: { text: 'word\n'.repeat(60) } }
        : 'Second.',
    );
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, 'lamp\r'],
        ['word\r\nword', 'typed ahead\rhalf a'],
        [`${PROMPT}typed ahead`, ''],
        ['Second.', ''],
        [`${PROMPT}half a`, ' line\r'],
        ['tokens', ''],
        [PROMPT, CTRL_D],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(screen(shown)).toMatch(/(?:word\n){60}/);
    expect(sessions(dir)[0]?.user_turns).toEqual(['lamp', 'typed ahead', 'half a line']);
  },
);

test.skipIf(!hasTerminal)(
  'Ctrl-C empties a line that was begun, and leaves at an empty one (needs python3 for a terminal)',
  async () => {
    const { dir, server, environment } = await chatty(() => 'Yes.');
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, 'half a question'],
        ['half a question', CTRL_C],
        [PROMPT, CTRL_C],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(server.requests).toEqual([]);
    expect(sessions(dir)).toEqual([]);
  },
);

test.skipIf(!hasTerminal)(
  'a conversation that goes on shows what was said, and the arrow keys reach it (needs python3 for a terminal)',
  async () => {
    const { dir, environment, pipe } = await chatty(() => 'The answer.');
    await pipe('what of the lamp?\n');
    const { shown, code } = await typeInChat(
      dir,
      ['--resume'],
      [
        [PROMPT, '\u001B[A'],
        ['what of the lamp?', ' Again\r'],
        ['tokens', ''],
        [PROMPT, CTRL_D],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(screen(shown)).toContain('1 turn so far:\n[1] what of the lamp?\n    The answer.');
    expect(sessions(dir)[0]?.user_turns).toEqual(['what of the lamp?', 'what of the lamp? Again']);
  },
);

test.skipIf(!hasTerminal)(
  'Tab completes commands and paths (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty(() => 'x');
    write(dir, { 'papers/fog signal.md': '# Fog\n\nA fog signal is a device.\n' });
    const { shown, code } = await typeInChat(
      dir,
      ['-m', 'extractive'],
      [
        // readline takes a Tab among other characters for pasted text
        [PROMPT, '/ad'],
        ['/ad', '\t'],
        ['d', ' pap'],
        [' pap', '\t'],
        ['ers/', 'fog'],
        ['fog', '\t'],
        [' signal.md', '\r'],
        ['added 1', ''],
        [PROMPT, CTRL_D],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(read(dir, 'kb/.openkb/hashes.json')).toContain('fog signal.md');
  },
);

test.skipIf(!hasTerminal)(
  'a command that asks is answered in the conversation (needs python3 for a terminal)',
  async () => {
    const { dir, environment } = await chatty(() => 'x');
    write(dir, {
      'kb/wiki/concepts/broken.md':
        '---\ntype: "Concept"\nsources: ["summaries/lamp.md"]\n---\n\n# Broken\n\nSee [[ghost]].\n',
    });
    const { shown, code } = await typeInChat(
      dir,
      [],
      [
        [PROMPT, '/lint --fix --no-model\r'],
        ['? [y/N] ', 'y\r'],
        // the arrow key brings back the command, not the answer
        [PROMPT, '\u001B[A'],
        ['/lint --fix --no-model', CTRL_C],
        [PROMPT, CTRL_D],
      ],
      { environment },
    );
    expect({ code, shown }).toMatchObject({ code: 0 });
    expect(read(dir, 'kb/wiki/concepts/broken.md')).not.toContain('[[ghost]]');
  },
);
