/* oxlint-disable no-await-in-loop -- one command after the other */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { commands } from '../src/commands/index.ts';
import { read, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const fresh = () => temporaryDirectory(onTestFinished);

test.each([
  [[], 'name a command'],
  [['ad'], "there is no such command: ad; did you mean 'add'?"],
  [['serach', 'x'], "there is no such command: serach; did you mean 'search'?"],
  [['-q', 'stauts'], "there is no such command: stauts; did you mean 'status'?"],
  [['frobnicate'], 'there is no such command: frobnicate\n'],
  [['serve'], 'there is no such command: serve\n'],
  [['deck', 'new', 'a'], "there is no command 'deck' here: it is one of the Python program's"],
  [['frobnicate', '--bogus', 'x'], 'there is no such command: frobnicate'],
  [['list', 'frobnicate'], 'unknown argument: frobnicate'],
  [['add', '-'], 'cannot use "-": standard input is not read'],
  [['add', 'x.md', '-'], 'cannot use "-": standard input is not read'],
  [['add', ''], 'cannot add "": it names no file'],
  [['add', 'x.md', ''], 'cannot add "": it names no file'],
  [['add', '-dash.md'], "a file named \"-dash.md\" is written './-dash.md', or after '--'"],
  [['add'], 'there is nothing to add: name a file'],
  [['remove'], "an argument is missing: openkb remove <document..>\nTry 'openkb remove --help'."],
  [['ask'], "an argument is missing: openkb query <question..>\nTry 'openkb query --help'."],
  [['list', '--kb'], 'a value is missing after the option: kb'],
  [['cloud', 'status'], "an argument is missing: got 0, need at least 1\nTry 'openkb --help'."],
  [['export', 'okf'], 'an argument is missing: openkb export <format> <to>'],
  [['list', '--bogus'], 'unknown argument: bogus'],
  [['list', '--wait', '-1'], '--wait takes a number of seconds, 0 or more'],
  [['list', '--wait', 'soon'], '--wait takes a number of seconds, 0 or more'],
  [['list', '--color', 'pink'], '--color cannot be "pink"; it is one of "auto"'],
  [['list', '-C', 'nowhere'], 'cannot work in "nowhere": no such directory'],
  [['search', 'x', '--top', '0'], '--top takes a whole number above 0'],
  [['search', 'x', '--top', '1.5'], '--top takes a whole number above 0'],
  [['search', 'x', '--type', 'poem'], '--type cannot be "poem"; it is one of "summary"'],
  [['add', 'x.md', '--jobs', 'many'], '--jobs takes a whole number from 1 to 64'],
  [['add', 'x.md', '--max-cost', 'little'], '--max-cost takes a number of US dollars above 0'],
  [['recompile', 'x', '--max-cost', '0'], '--max-cost takes a number of US dollars above 0'],
  [['lint', '--max-cost', 'little'], '--max-cost takes a number of US dollars, 0 or more'],
  [['lint', '--max-cost=-1'], '--max-cost takes a number of US dollars, 0 or more'],
  [['history', '--top', 'many'], '--top takes a number of 1 or more'],
  [['watch', '--debounce', 'long'], '--debounce takes a number of seconds from 0.1 to 3600'],
  [['init', '--language', 'klingon!'], '--language cannot be "klingon!"'],
  [['init', '--model', 'nobody/knows'], '"nobody" in "nobody/knows" is not a known provider'],
  [['recover', '--list', '--set-aside', 'x'], 'mutually exclusive'],
])('wrong usage exits 2 and says what to change: %j', async (args, message) => {
  const { code, out, err } = await run(fresh(), args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(err).toMatch(/^openkb: .*\n\S/);
});

test.each([['add', 'x.md'], ['list'], ['status'], ['search', 'x'], ['query', 'x'], ['recover']])(
  '%s without a knowledge base exits 10 and says how to make one',
  async (...args) => {
    const dir = fresh();
    const { code, out, err } = await run(dir, args);
    expect({ code, out }).toEqual({ code: 10, out: '' });
    expect(err).toBe(
      `openkb: no knowledge base in "${dir}" or above it\n` +
        "Make one with 'openkb init', or name one with --kb DIR, OPENKB_DIR or 'openkb use'.",
    );
  },
);

const root = async (cwd: string, args: string[], options = {}) =>
  (JSON.parse((await run(cwd, [...args, 'status', '--json'], options)).out) as { root: string })
    .root;

test('a knowledge base is found by flag, then by environment, then above the directory', async () => {
  const dir = fresh();
  for (const name of ['flag', 'env', 'near']) await run(dir, ['init', name]);
  const near = join(dir, 'near/raw');
  const services = { environment: { OPENKB_DIR: join(dir, 'env') } };
  expect(await root(near, [])).toBe(join(dir, 'near'));
  expect(await root(near, [], { services })).toBe(join(dir, 'env'));
  expect(await root(near, ['--kb', '../../flag'], { services })).toBe(join(dir, 'flag'));
  expect(await root(near, ['--kb-dir', join(dir, 'flag')])).toBe(join(dir, 'flag'));
  expect(await root(dir, ['-C', 'near/wiki'])).toBe(join(dir, 'near'));
  expect(await root(dir, ['-C', 'near', '--kb', '../flag'])).toBe(join(dir, 'flag'));
});

test('a knowledge base is found through a link, at its real place', async () => {
  const dir = fresh();
  await run(dir, ['init', 'kb']);
  symlinkSync(join(dir, 'kb'), join(dir, 'link'));
  expect(await root(dir, ['--kb', 'link'])).toBe(join(dir, 'kb'));
  expect(await root(join(dir, 'link/wiki'), [])).toBe(join(dir, 'kb'));
});

test('a named directory that is no knowledge base is refused with the reason', async () => {
  const dir = fresh();
  expect(await run(dir, ['list', '--kb', 'nowhere'])).toMatchObject({
    code: 10,
    err: expect.stringContaining(`"${dir}/nowhere" (--kb) is no knowledge base: no such directory`),
  });
  const services = { environment: { OPENKB_DIR: dir } };
  expect(await run(dir, ['list'], { services })).toMatchObject({
    code: 10,
    err: expect.stringContaining('(OPENKB_DIR) is no knowledge base: it has no .openkb directory'),
  });
});

test('with --json a failure is one object on standard output, and a line on standard error', async () => {
  const dir = fresh();
  const failed = await run(dir, ['list', '--json']);
  expect(failed.code).toBe(10);
  expect(JSON.parse(failed.out)).toEqual({
    schema: 'openkb/1',
    type: 'error',
    code: 'no-knowledge-base',
    message: `no knowledge base in "${dir}" or above it`,
    hint: "Make one with 'openkb init', or name one with --kb DIR, OPENKB_DIR or 'openkb use'.",
    exitCode: 10,
  });
  const usage = await run(dir, ['list', '--json', '--bogus']);
  expect(usage.code).toBe(2);
  expect(JSON.parse(usage.out)).toMatchObject({ type: 'error', code: 'usage', exitCode: 2 });
});

test('the stack is shown with -v only', async () => {
  const dir = fresh();
  expect((await run(dir, ['list'])).err).not.toContain('    at ');
  expect((await run(dir, ['list', '-v'])).err).toContain('    at ');
});

test('the stack of an unforeseen error of one document is shown with -v, as its hint says', async () => {
  const dir = fresh();
  await run(dir, ['init', '.']);
  writeFileSync(join(dir, 'x.md'), '# X\n');
  const services = { convert: () => Promise.reject(new TypeError('x is not a function')) };
  const plain = await run(dir, ['add', 'x.md'], { services });
  expect(plain.err).toContain('unexpected error: x is not a function');
  expect(plain.err).toContain('run the command again with -v');
  expect(plain.err).not.toContain('    at ');
  for (const args of [['-v'], ['--verbose', '--json']]) {
    const { code, err } = await run(dir, ['add', 'x.md', ...args], { services });
    expect(code).toBe(1);
    expect(err).toMatch(/TypeError: x is not a function\n +at .*main\.test/);
  }
});

test('help, version and completion', async () => {
  const dir = fresh();
  const help = await run(dir, ['--help']);
  expect(help.code).toBe(0);
  expect(help.out).toMatch(/openkb add \[source\.\.\]/);
  expect(help.out).toContain('Exit codes: 0 done');
  const names = commands.map(({ command }) => String(command).split(' ')[0] ?? '');
  for (const command of [...names, 'completion']) {
    const { code, out } = await run(dir, [command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Examples:\\n +openkb ${command}`));
  }
  expect((await run(dir, ['--version'])).out).toBe('0.0.0-source');
  expect((await run(dir, ['completion'])).out).toContain('complete -o');
});

test('colour is there when it is asked for, and NO_COLOR takes it away', async () => {
  const dir = fresh();
  const colored = await run(dir, ['init', 'a', '--color', 'always']);
  expect(colored.out).toContain('\u001B[32mMade\u001B[39m');
  expect((await run(dir, ['init', 'b', '--color', 'never'])).out).not.toContain('\u001B');
});

test('a registry that was cut off is named, with a way back, and nothing is overwritten (Q05)', async () => {
  const dir = fresh();
  await run(dir, ['init', '.']);
  const registry = join(dir, '.openkb/hashes.json');
  writeFileSync(registry, '{"aa": {"name": "x.pdf", "do');
  for (const args of [['list'], ['add', 'x.md']]) {
    const { code, err } = await run(dir, args);
    expect(code).toBe(1);
    expect(err).toBe(
      'openkb: cannot read the registry ".openkb/hashes.json": it is no JSON, or was cut off\n' +
        "Run 'openkb doctor --rebuild-registry', which makes it again from the documents; or put a backup of it in its place.",
    );
  }
});

test('settings that cannot be used are named with their value', async () => {
  const dir = fresh();
  await run(dir, ['init', '.']);
  writeFileSync(join(dir, '.openkb/config.yaml'), 'pageindex_threshold: many\n');
  expect(await run(dir, ['status'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('"pageindex_threshold" cannot be "many"'),
  });
  writeFileSync(join(dir, '.openkb/config.yaml'), 'model: [\n');
  expect((await run(dir, ['status'])).code).toBe(1);
});

test('what stands after -- begins with whatever it begins with: questions, terms, documents, files', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  write(dir, { '-lamp.md': '# Lamp\n\nThe lamp at -5 degrees. The lamp burns at -5 degrees.\n' });
  expect((await run(dir, ['add', '--kb', 'kb', '--', '-lamp.md'])).out).toContain(
    'added    -lamp.md',
  );
  const asked = async (...args: string[]) =>
    JSON.parse((await run(dir, args)).out) as { question?: string; query?: string; terms?: string };
  for (const command of ['query', 'ask', 'search']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const found = await asked(command, '--kb', 'kb', '--json', '--', '-5 degrees?');
    expect(Object.values(found)).toContain('-5 degrees?');
  }
  const words = await asked('query', '--kb', 'kb', '--json', '--', '--help', '-v', 'lamp');
  expect(Object.values(words)).toContain('--help -v lamp');
  const saved = await run(dir, ['query', '--kb', 'kb', '--save', '--', '-5 degrees?']);
  expect(saved.code).toBe(0);
  expect(read(dir, 'kb/wiki/index.md')).toContain('-5 degrees?');
  expect(read(dir, 'kb/wiki/index.md')).not.toContain('./-5');
  const removed = await run(dir, ['remove', '--kb', 'kb', '--dry-run', '--', '-lamp.md']);
  expect(removed.out).toContain('would remove');
  const wrong = await run(dir, ['list', '--kb', 'kb', '--', '-x']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('unknown argument: -x')]);
});
