/** `recompile`: documents are compiled again from what is stored, with a model and without. */
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import {
  startModelServer,
  type ModelReply,
  type ModelRequest,
} from '@openkb/test-kit/model-server';
import { expect, onTestFinished, test } from 'vitest';

import { faults, read, tree, write } from '../helpers/knowledge-base.ts';
import { answerTo, passOf } from '../helpers/model-writer.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n\nTopics: Argand lamp, Wick\n\nFact: It is round.\n';
const LENS =
  '# Lens\n\nThe Argand lamp stood in the lens. The Argand lamp was bright.\n\nTopics: Fresnel lens, Argand lamp\n\nFact: It bends light.\n';
const MODEL = ['--model', 'openai/gpt-4o'];

async function started(reply: (request: ModelRequest) => ModelReply = writes) {
  const dir = temporaryDirectory(onTestFinished);
  const server = await startModelServer({ reply });
  onTestFinished(() => server.close());
  write(dir, { 'lamp.md': LAMP, 'lens.md': LENS });
  const environment = { OPENAI_API_KEY: 'sk-test', OPENKB_BASE_URL: server.openai };
  const openkb = (...args: string[]) =>
    run(dir, [...args, '--kb', 'kb'], { services: { environment } });
  await openkb('init', 'kb', '--model', 'extractive');
  const files = () => {
    const found = tree(join(dir, 'kb'));
    for (const path of ['.openkb/usage.jsonl', '.openkb/staging/', 'wiki/log.md'])
      delete found[path];
    return found;
  };
  return { dir, server, openkb, files, asked: () => server.requests.map((one) => passOf(one)) };
}

const writes = (request: ModelRequest): ModelReply => ({ object: answerTo(request) });

test('what was just compiled without a model is as it was when it is compiled again', async () => {
  const { openkb, files } = await started();
  await openkb('add', 'lamp.md', 'lens.md');
  const before = files();
  const { code, out } = await openkb('recompile', '--all', '--yes');
  expect(code).toBe(0);
  expect(out).toBe('unchanged  "lamp"\nunchanged  "lens"');
  expect(files()).toEqual(before);
});

test('a wiki is upgraded to a model; compiled again it grows no second pages (R10)', async () => {
  const { dir, openkb, files } = await started();
  await openkb('add', 'lamp.md', 'lens.md');
  const first = await openkb('recompile', '--all', '--yes', ...MODEL);
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/^recompiled {2}"lamp": \d+ pages changed$/m);
  expect(read(dir, 'kb/wiki/concepts/argand-lamp.md')).toContain('compiled_by: "openai/gpt-4o"');
  const after = Object.keys(files());
  expect((await openkb('recompile', '--all', '--yes', ...MODEL)).code).toBe(0);
  expect(Object.keys(files())).toEqual(after);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a page that fails in the midst leaves all pages as they were (R09)', async () => {
  const { openkb, files } = await started((request) =>
    passOf(request) === 'page' && request.messages.at(-1)?.content.includes('Fresnel')
      ? { text: 'I am sorry, I cannot do that.' }
      : writes(request),
  );
  await openkb('add', 'lamp.md', 'lens.md');
  const before = files();
  const { code, err } = await openkb('recompile', 'lens', '--yes', ...MODEL);
  expect(code).toBe(1);
  expect(err).toContain('Fresnel lens');
  expect(files()).toEqual(before);
});

test('of a document that was kept in part only the missing page is asked for', async () => {
  let broken = true;
  const { dir, openkb, asked, server } = await started((request) =>
    broken && passOf(request) === 'page' && request.messages.at(-1)?.content.includes('Wick')
      ? { text: 'N/A' }
      : writes(request),
  );
  expect((await openkb('add', '--allow-partial', 'lamp.md', ...MODEL)).code).toBe(3);
  broken = false;
  const first = server.requests.length;
  const { code, out } = await openkb('recompile', 'lamp', '--yes', ...MODEL);
  expect(code).toBe(0);
  expect(out).toContain('recompiled  "lamp"');
  expect(asked().slice(first)).not.toContain('plan');
  expect(
    asked()
      .slice(first)
      .filter((pass) => pass === 'page'),
  ).toHaveLength(1);
  expect(existsSync(join(dir, 'kb/wiki/concepts/wick.md'))).toBe(true);
  expect(read(dir, 'kb/.openkb/hashes.json')).not.toContain('partial');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a dry run shows the changes; the run after it asks for nothing that was answered', async () => {
  const { openkb, files, server } = await started();
  await openkb('add', 'lamp.md');
  const before = files();
  const planned = await openkb('recompile', 'lamp', '--dry-run', '--json', ...MODEL);
  expect(files()).toEqual(before);
  const { changes } = JSON.parse(planned.out.split('\n').at(-1) ?? '') as { changes: object[] };
  const first = server.requests.length;
  const done = await openkb('recompile', 'lamp', '--yes', '--json', ...MODEL);
  expect(server.requests).toHaveLength(first);
  expect((JSON.parse(done.out.split('\n').at(-1) ?? '') as { changes: object[] }).changes).toEqual(
    changes,
  );
});

test('what a person wrote stays when a model writes the page again', async () => {
  const { dir, openkb } = await started();
  await openkb('add', 'lamp.md', ...MODEL);
  const page = join(dir, 'kb/wiki/concepts/argand-lamp.md');
  appendFileSync(page, '\n## Mine\n\nDo not lose this.\n');
  expect((await openkb('recompile', 'lamp', '--yes', ...MODEL)).code).toBe(0);
  expect(read(dir, 'kb/wiki/concepts/argand-lamp.md')).toContain('## Mine\n\nDo not lose this.');
});

test('bad input: no document, an unknown one, and one whose text is gone', async () => {
  const { dir, openkb } = await started();
  await openkb('add', 'lamp.md');
  expect(await openkb('recompile')).toMatchObject({ code: 2 });
  expect(await openkb('recompile', 'lamp', '--all')).toMatchObject({ code: 2 });
  expect(await openkb('recompile', 'nothing', '--yes')).toMatchObject({ code: 1 });
  rmSync(join(dir, 'kb/wiki/sources/lamp.md'));
  const { code, err } = await openkb('recompile', 'lamp', '--yes');
  expect(code).toBe(1);
  expect(err).toContain('its stored text in wiki/sources is missing or unreadable');
});

test('the schema is refreshed when that is asked for, and comes back with undo', async () => {
  const { dir, openkb } = await started();
  await openkb('add', 'lamp.md');
  write(dir, { 'kb/wiki/AGENTS.md': 'mine' });
  await openkb('recompile', '--all', '--yes', '--refresh-schema');
  expect(read(dir, 'kb/wiki/AGENTS.md')).not.toBe('mine');
  await openkb('undo', '--yes');
  expect(read(dir, 'kb/wiki/AGENTS.md')).toBe('mine');
});
