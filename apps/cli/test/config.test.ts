/** `config` and `use`: what is set where, and what counts. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { read, tree } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

async function started(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  return dir;
}

const openkb = (dir: string, ...args: string[]) =>
  run(dir, args, { services: { environment: { HOME: join(dir, 'home') } } });
const inBase = (dir: string, ...args: string[]) => openkb(dir, '--kb', 'kb', ...args);

test('a setting is set, shown with its origin, and unset; comments stay', async () => {
  const dir = await started();
  const file = join(dir, 'kb/.openkb/config.yaml');
  writeFileSync(file, `# mine\n${readFileSync(file, 'utf8')}`);
  const before = readFileSync(file, 'utf8');
  const set = await inBase(dir, 'config', 'set', 'litellm.timeout', '90');
  expect(set.out).toBe('set  litellm.timeout to 90 in .openkb/config.yaml');
  expect(readFileSync(file, 'utf8')).toBe(`${before}litellm:\n  timeout: 90\n`);
  expect((await inBase(dir, 'config', 'get', 'litellm.timeout')).out).toBe('90');
  const listed = await inBase(dir, 'config', 'list', '--show-origin');
  expect(listed.out).toMatch(/^litellm\.timeout +90 +\.openkb\/config\.yaml$/m);
  expect(listed.out).toMatch(/^litellm\.num_retries +default$/m);
  await inBase(dir, 'config', 'unset', 'litellm.timeout');
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a setting of the knowledge base counts before the own one, and that before the default', async () => {
  const dir = await started();
  await openkb(dir, 'config', 'set', '--global', 'language', 'de');
  await openkb(dir, 'config', 'set', '--global', 'litellm.num_retries', '7');
  expect((await inBase(dir, 'config', 'get', 'language')).out).toBe('en');
  expect((await inBase(dir, 'config', 'get', 'litellm.num_retries')).out).toBe('7');
  await inBase(dir, 'config', 'unset', 'language');
  expect((await inBase(dir, 'config', 'get', 'language')).out).toBe('de');
  expect((await openkb(dir, 'config', 'get', '--global', 'language')).out).toBe('de');
});

test('lists are given with commas or as YAML', async () => {
  const dir = await started();
  await inBase(dir, 'config', 'set', 'entity_types', 'Ship, Person');
  expect((await inBase(dir, 'config', 'get', 'entity_types')).out).toBe('["ship","person"]');
  await inBase(dir, 'config', 'set', 'litellm.extra_headers', '{X-Team: light}');
  const headers = await inBase(dir, 'config', 'get', 'litellm.extra_headers');
  expect(headers.out).toBe('{"X-Team":"light"}');
});

test.each([
  [['set', 'modle', 'x'], 1, 'there is no setting "modle"'],
  [['set', 'timeout', '9'], 1, 'Did you mean litellm.timeout?'],
  [['set', 'keep', 'many'], 1, '"keep" cannot be "many"'],
  [['set', 'base_url', 'file:///etc'], 1, '"base_url" cannot be'],
  [['set', 'model'], 2, 'name a value for "model"'],
  [['get'], 2, 'name a setting'],
  [['unset', 'litellm.timeout'], 1, '"litellm.timeout" is not set in ".openkb/config.yaml"'],
  [['make', 'model'], 2, 'it is one of "list"'],
])('config %j is refused and changes nothing', async (args, code, message) => {
  const dir = await started();
  const before = tree(join(dir, 'kb'));
  const refused = await inBase(dir, 'config', ...args);
  expect(refused.code).toBe(code);
  expect(refused.err).toContain(message);
  expect(tree(join(dir, 'kb'))).toEqual(before);
});

test('a file of settings that cannot be read is not written over', async () => {
  const dir = await started();
  const file = join(dir, 'kb/.openkb/config.yaml');
  writeFileSync(file, 'model: [\n');
  expect((await inBase(dir, 'config', 'set', 'keep', '3')).code).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe('model: [\n');
});

test('outside of a knowledge base the chosen one is used; the nearest one counts first', async () => {
  const dir = await started();
  mkdirSync(join(dir, 'elsewhere'));
  const outside = await openkb(dir, '-C', 'elsewhere', 'status');
  expect(outside.code).toBe(10);
  expect(outside.err).toContain('openkb use');
  expect((await openkb(dir, 'use', 'kb')).out).toContain(join(dir, 'kb'));
  expect((await openkb(dir, '-C', 'elsewhere', 'status')).out).toContain(join(dir, 'kb'));
  await run(dir, ['init', 'other']);
  expect((await openkb(dir, '-C', 'other', 'status')).out).toContain(join(dir, 'other'));
  await openkb(dir, 'use', '--none');
  expect((await openkb(dir, '-C', 'elsewhere', 'status')).code).toBe(10);
  const refused = await openkb(dir, 'use', 'elsewhere');
  expect(refused.code).toBe(10);
  expect(refused.err).toContain(`"${join(dir, 'elsewhere')}" (openkb use) is no knowledge base`);
});

test('the choice keeps what the Python program has in the file, and a link to it', async () => {
  const dir = await started();
  const home = join(dir, 'home/.config/openkb');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(dir, 'dotfile.yaml'), '# mine\nknown_kbs:\n- /a\nother: 1\n');
  symlinkSync(join(dir, 'dotfile.yaml'), join(home, 'global.yaml'));
  await openkb(dir, 'use', 'kb');
  expect(read(dir, 'dotfile.yaml')).toBe(
    `# mine\nknown_kbs:\n  - /a\n  - ${join(dir, 'kb')}\nother: 1\ndefault_kb: ${join(dir, 'kb')}\n`,
  );
});

test('L03 choices of many processes at once are all known afterwards', async () => {
  const dir = await started();
  const names = Array.from({ length: 12 }, (_, n) => `kb${n}`);
  await Promise.all(names.map((name) => run(dir, ['init', name])));
  await Promise.all(names.map((name) => openkb(dir, 'use', name)));
  const text = read(dir, 'home/.config/openkb/global.yaml');
  for (const name of names) expect(text).toContain(`- ${join(dir, name)}\n`);
});

test('without a home there is no place for own settings, and nothing is lost', async () => {
  const dir = await started();
  const { code, err } = await run(dir, ['use', 'kb']);
  expect(code).toBe(1);
  expect(err).toContain('HOME is not set');
  expect(existsSync(join(dir, 'home'))).toBe(false);
});
