/** Conversations on disk: listed, resumed, deleted, damaged, and of the Python program. */
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { read, tree, write } from '../helpers/knowledge-base.ts';
import { asked, chatty, sessionFiles, sessions } from './helpers.ts';

/** As `json.dump(indent=2, ensure_ascii=False)` of the Python program writes it after a turn with a tool. */
const PYTHON = `{
  "id": "20251102-101500-x7k",
  "created_at": "2025-11-02T10:15:00Z",
  "updated_at": "2025-11-02T10:16:30Z",
  "model": "gpt-5.4",
  "language": "en",
  "title": "Wer hat die Lampe gemacht?",
  "turn_count": 1,
  "history": [
    {"role": "user", "content": "Wer hat die Lampe gemacht?"},
    {"id": "rs_1", "type": "reasoning", "summary": [], "provider_data": {"model": "gpt-5.4"}},
    {"type": "function_call", "id": "__fake_id__", "call_id": "call_1", "name": "read_file", "arguments": "{\\"path\\": \\"index.md\\"}"},
    {"type": "function_call_output", "call_id": "call_1", "output": "# Index"},
    {"id": "__fake_id__", "type": "message", "role": "assistant", "status": "completed",
     "content": [{"type": "output_text", "text": "Aimé Argand.", "annotations": [], "logprobs": []}]}
  ],
  "user_turns": ["Wer hat die Lampe gemacht?"],
  "assistant_texts": ["Aimé Argand."],
  "made_by": "openkb 0.4.2"
}`;
const PYTHON_ID = '20251102-101500-x7k';
const PYTHON_FILE = `kb/.openkb/chats/${PYTHON_ID}.json`;

test('a conversation of the Python program goes on, and all that is in its file stays', async () => {
  const { dir, server, pipe } = await chatty(() => 'In Geneva.');
  write(dir, { [PYTHON_FILE]: PYTHON });
  const { code } = await pipe('Wo?\n', '--resume', '20251102');
  expect(code).toBe(0);
  expect(server.requests[0]?.messages.slice(1, 3)).toMatchObject([
    { role: 'user', content: 'Wer hat die Lampe gemacht?' },
    { role: 'assistant', content: 'Aimé Argand.' },
  ]);
  expect(JSON.stringify(server.requests[0]?.body)).not.toContain('call_1');
  const before = JSON.parse(PYTHON) as { history: object[] };
  const [after] = sessions(dir);
  expect(after).toEqual({
    ...before,
    updated_at: after?.['updated_at'],
    model: 'openai/gpt-4o',
    turn_count: 2,
    user_turns: ['Wer hat die Lampe gemacht?', 'Wo?'],
    assistant_texts: ['Aimé Argand.', 'In Geneva.'],
    history: [
      ...before.history,
      { role: 'user', content: 'Wo?' },
      { role: 'assistant', content: 'In Geneva.' },
    ],
  });
  expect(sessionFiles(dir)).toEqual([`${PYTHON_ID}.json`]);
});

test('what we write is what the Python program reads', async () => {
  const { dir, pipe } = await chatty(() => 'Yes.');
  await pipe(`${'long '.repeat(20)}lamp?\n`);
  const [session] = sessions(dir);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
  expect(session).toEqual({
    id: expect.stringMatching(/^\d{8}-\d{6}-[a-z0-9]+$/) as string,
    created_at: time,
    updated_at: time,
    model: 'openai/gpt-4o',
    language: 'en',
    title: `${'long '.repeat(11)}long…`,
    turn_count: 1,
    history: [
      { role: 'user', content: `${'long '.repeat(20)}lamp?` },
      { role: 'assistant', content: 'Yes.' },
    ],
    user_turns: [`${'long '.repeat(20)}lamp?`],
    assistant_texts: ['Yes.'],
  });
  expect(sessionFiles(dir)).toEqual([`${session?.id}.json`]);
});

test('the list has the one that was used last first, with its turns and its title', async () => {
  const { dir, pipe } = await chatty(() => 'Yes.');
  write(dir, {
    [PYTHON_FILE]: PYTHON,
    'kb/.openkb/chats/1.json': '{}',
    'kb/.openkb/chats/odd name.json': '{}',
  });
  await pipe('First lamp\nsecond lamp\n');
  const { code, out, err } = await pipe('', '--list');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const [heading, ...rows] = out.split('\n');
  expect(heading).toMatch(/^id +turns +used +title$/);
  expect(
    rows.map((row) =>
      row
        .trim()
        .split(/\s{2,}/)
        .filter((_, i) => i !== 2),
    ),
  ).toEqual([
    [sessions(dir).find(({ title }) => title === 'First lamp')?.id, '2', 'First lamp'],
    [PYTHON_ID, '1', 'Wer hat die Lampe gemacht?'],
    ['1', '0'],
  ]);
  const json = JSON.parse((await pipe('', '--list', '--json')).out) as object;
  expect(json).toMatchObject({
    type: 'chats',
    sessions: [{ turns: 2 }, { id: PYTHON_ID, model: 'gpt-5.4' }, { id: '1', turns: 0 }],
    damaged: [],
  });
});

test('--resume alone goes on with the one that was used last', async () => {
  const { dir, server, pipe } = await chatty((_request, index) => `Answer ${index}.`);
  expect((await pipe('x\n', '--resume')).code).toBe(1);
  write(dir, { [PYTHON_FILE]: PYTHON });
  await pipe('First lamp\n');
  await pipe('Second lamp\n', '--resume');
  expect(server.requests.at(-1)?.messages[1]?.content).toBe('First lamp');
  await pipe('Wo?\n', '-r', PYTHON_ID);
  await pipe('Und wann?\n', '-r');
  expect(server.requests.at(-1)?.messages.at(-2)?.content).toBe('Answer 2.');
  expect(sessions(dir)).toHaveLength(2);
});

test('two conversations that begin at once have a file each', async () => {
  const { dir, pipe } = await chatty((request) => `You said ${asked(request).slice(-1)}.`);
  await Promise.all(['lamp a', 'lamp b', 'lamp c'].map((question) => pipe(`${question}\n`)));
  expect(
    sessions(dir)
      .map(({ assistant_texts: texts }) => texts.join())
      .toSorted(),
  ).toEqual(['You said a.', 'You said b.', 'You said c.']);
});

test('a conversation that somebody else writes meanwhile is not overwritten: it goes on in a file of its own', async () => {
  const edited = PYTHON.replace('Aimé Argand.', 'Ami Argand.');
  const { dir, pipe } = await chatty((_request, index) => {
    if (index === 0) write(dir, { [PYTHON_FILE]: edited });
    return `Answer ${index}.`;
  });
  write(dir, { [PYTHON_FILE]: PYTHON });
  const { code, err } = await pipe('Wo?\nWann?\n', '--resume', PYTHON_ID);
  expect(code).toBe(0);
  expect(
    err.match(/somebody else has changed the conversation "20251102-101500-x7k"/g),
  ).toHaveLength(1);
  expect(read(dir, PYTHON_FILE)).toBe(edited);
  const other = sessions(dir).find(({ id }) => id !== PYTHON_ID);
  expect(other?.user_turns).toEqual(['Wer hat die Lampe gemacht?', 'Wo?', 'Wann?']);
  expect(sessions(dir)).toHaveLength(2);
});

test.each([
  ['cut off', PYTHON.slice(0, 700), /it is no JSON/],
  ['no object', '[]', /no JSON object/],
  ['with turns that are none', '{"user_turns": [1]}', /"user_turns" is no list of texts/],
  [
    'with an answer too many',
    '{"user_turns": ["a"], "assistant_texts": ["b", "c"]}',
    /more answers than questions/,
  ],
  ['empty', '', /it is no JSON/],
])(
  'a file that is %s is set aside with a clear message, and never overwritten',
  async (_name, text, why) => {
    const { dir, server, pipe } = await chatty(() => 'Yes.');
    write(dir, { [PYTHON_FILE]: text });
    const listed = await pipe('', '--list');
    expect(listed.err).toContain(`the conversation "${PYTHON_ID}" cannot be read`);
    expect(sessionFiles(dir)).toEqual([`${PYTHON_ID}.json`]);
    const { code, err } = await pipe('lamp\n', '--resume', PYTHON_ID);
    expect(code).toBe(1);
    expect(err).toMatch(why);
    const [name = ''] = sessionFiles(dir);
    expect(name).toMatch(new RegExp(`^${PYTHON_ID}\\.json\\.damaged-\\d{14}`));
    expect(err).toContain(name);
    expect(read(dir, `kb/.openkb/chats/${name}`)).toBe(text);
    expect(server.requests).toEqual([]);
    expect((await pipe('', '--list')).err).not.toContain('cannot be read');
  },
);

test('--delete takes an id or its beginning, and nothing where it could be several', async () => {
  const { dir, pipe } = await chatty(() => 'Yes.');
  write(dir, {
    [PYTHON_FILE]: PYTHON,
    'kb/.openkb/chats/20251102-x.json': '{}',
    'kb/.openkb/chats/20251102.json': '{}',
  });
  const several = await pipe('', '--delete', '2025');
  expect(several.code).toBe(1);
  expect(several.err).toContain('is the beginning of 3 conversations');
  expect(sessionFiles(dir)).toHaveLength(3);
  expect((await pipe('', '--delete', '20251102-1')).out).toBe(`deleted  ${PYTHON_ID}`);
  expect((await pipe('', '--delete', '20251102')).out).toBe('deleted  20251102');
  expect(sessionFiles(dir)).toEqual(['20251102-x.json']);
  expect((await pipe('', '--delete', 'nothing')).err).toContain(
    'there is no conversation "nothing"',
  );
});

test.each(['../config', '../../wiki/index', '/etc/passwd', '.', '..', '', 'a/../../config', '.x'])(
  'the id %j names no file out of the folder, and none that is hidden',
  async (id) => {
    const { dir, pipe } = await chatty(() => 'Yes.');
    write(dir, { 'kb/.openkb/config.json': '{}', 'kb/.openkb/chats/.x.json': '{}' });
    const before = tree(dir);
    expect((await pipe('lamp\n', `--delete=${id}`)).code).not.toBe(0);
    expect((await pipe('lamp\n', `--resume=${id}`)).code).not.toBe(0);
    expect(tree(dir)).toEqual(before);
  },
);

test('a folder that is a link, and files that are, are not followed', async () => {
  const { dir, pipe } = await chatty(() => 'Yes.');
  write(dir, { 'outside/a.json': PYTHON });
  symlinkSync(join(dir, 'outside'), join(dir, 'kb/.openkb/chats'));
  for (const args of [['--list'], ['--resume'], ['--delete', 'a']]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { code, err } = await pipe('lamp\n', ...args);
    expect(code).toBe(1);
    expect(err).toContain('".openkb/chats" is no folder');
  }
  const unkept = await pipe('lamp\n');
  expect(unkept).toMatchObject({ code: 0, out: 'Yes.' });
  expect(unkept.err).toContain('the conversation cannot be kept');
  expect(readdirSync(join(dir, 'outside'))).toEqual(['a.json']);
  rmSync(join(dir, 'kb/.openkb/chats'));
  mkdirSync(join(dir, 'kb/.openkb/chats'));
  symlinkSync(join(dir, 'outside/a.json'), join(dir, 'kb/.openkb/chats/a.json'));
  expect((await pipe('lamp\n', '--resume', 'a')).code).toBe(1);
  expect((await pipe('', '--delete', 'a')).code).toBe(1);
  expect(read(dir, 'outside/a.json')).toBe(PYTHON);
});

test('where the turns cannot be kept the conversation goes on, which is said once', async () => {
  const { dir, server, pipe } = await chatty(() => 'Yes.');
  write(dir, { 'kb/.openkb/chats': 'a file' });
  const { code, out, err } = await pipe('lamp one\nlamp two\n');
  expect({ code, out }).toEqual({ code: 0, out: 'Yes.\n\nYes.' });
  expect(err.match(/the conversation cannot be kept/g)).toHaveLength(1);
  expect(server.requests[1]?.messages).toHaveLength(4);
  renameSync(join(dir, 'kb/.openkb/chats'), join(dir, 'moved'));
});

test.each([
  ['--list', '--resume'],
  ['--list', '--delete', 'x'],
  ['--resume', '--delete', 'x'],
])('%s with %s is wrong usage', async (...args) => {
  const { pipe } = await chatty(() => 'Yes.');
  expect((await pipe('lamp\n', ...args)).code).toBe(2);
});
