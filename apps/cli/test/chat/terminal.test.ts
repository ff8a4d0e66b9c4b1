/** `openkb chat` on a real terminal, as a person drives it. */
import { expect, test } from 'vitest';

import { read } from '../helpers/knowledge-base.ts';
import {
  asked,
  chatty,
  CTRL_C,
  CTRL_D,
  hasTerminal,
  PROMPT,
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
