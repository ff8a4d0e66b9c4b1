/** Files of settings that are odd: what cannot be written again whole is left as it is, and said. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { read, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const USER = 'home/.config/openkb/global.yaml';

async function started(files: Record<string, string | Uint8Array>) {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  write(dir, files);
  const services = { environment: { HOME: join(dir, 'home') } };
  return { dir, openkb: (...args: string[]) => run(dir, args, { services }) };
}

for (const command of [
  ['use', 'kb'],
  ['config', '--global', 'set', 'language', 'de'],
])
  test(`'${command.join(' ')}' leaves a file that is no UTF-8 as a person wrote it`, async () => {
    const bytes = Buffer.from('# caf\u00E9\nlanguage: en\n', 'latin1');
    const { dir, openkb } = await started({ [USER]: bytes });
    const { code, err } = await openkb(...command);
    expect(code).toBe(1);
    expect(err).toContain('it is not UTF-8 text');
    expect(readFileSync(join(dir, USER))).toEqual(bytes);
  });

for (const text of ['a: [\n', '- a\n'])
  test(`'use' refuses settings that are ${JSON.stringify(text)}, and names them`, async () => {
    const { dir, openkb } = await started({ [USER]: text });
    const { code, err } = await openkb('use', 'kb');
    expect(code).toBe(1);
    expect(err).toContain('cannot use the settings in "your own settings"');
    expect(read(dir, USER)).toBe(text);
  });

test('an empty block takes a setting, and what stands beside it stays', async () => {
  const path = 'kb/.openkb/config.yaml';
  const { dir, openkb } = await started({ [path]: 'litellm:\nlanguage: en # mine\n' });
  expect(await openkb('config', '--kb', 'kb', 'set', 'litellm.timeout', '5')).toMatchObject({
    code: 0,
  });
  expect(read(dir, path)).toBe('language: en # mine\nlitellm:\n  timeout: 5\n');
});

test('a block that is something else is refused by its name, and stays', async () => {
  const path = 'kb/.openkb/config.yaml';
  const { dir, openkb } = await started({ [path]: 'litellm: 5\n' });
  const { code, err } = await openkb('config', '--kb', 'kb', 'set', 'litellm.timeout', '5');
  expect(code).toBe(1);
  expect(err).toContain('"litellm" is no block of settings');
  expect(read(dir, path)).toBe('litellm: 5\n');
});

test('aliases that grow without end are refused by the name of the file', async () => {
  const grown = ['b', 'c', 'd', 'e'].map(
    (name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcd'[i]}`).join(',')}]`,
  );
  const path = 'kb/.openkb/config.yaml';
  const { openkb } = await started({ [path]: ['a: &a [1]', ...grown].join('\n') });
  const { code, err } = await openkb('add', '--kb', 'kb', 'x.md');
  expect(code).toBe(1);
  expect(err).toContain('cannot use the settings in ".openkb/config.yaml"');
});
