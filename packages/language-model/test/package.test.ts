import { readdir, readFile } from 'node:fs/promises';

import { startModelServer } from '@openkb/test-kit/model-server';
import { expect, test } from 'vitest';

import { explainAttention } from './readme-example.ts';

const source = (path: string): Promise<string> =>
  readFile(new URL(`../${path}`, import.meta.url), 'utf8');

test('the public names are these', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'LanguageModelError',
    'NO_USAGE',
    'addUsage',
    'createLanguageModel',
    'detectModel',
    'estimateTokens',
    'loadPriceBook',
    'metered',
    'parseEnvFile',
    'parseModelName',
    'patientFetch',
    'replyKey',
    'resolveModelSettings',
    'withReplyCache',
  ]);
});

test('the SDK is imported dynamically only: a command that asks no model does not load it', async () => {
  const names = await readdir(new URL('../src', import.meta.url), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts'));
  expect(files).toContain('sdk/sdk.ts');
  const sources = await Promise.all(files.map((file) => source(`src/${file}`)));
  const loaded = sources
    .flatMap((text) => text.match(/^import [^;]+ from '[^']+'/gmu) ?? [])
    .filter((line) => !line.startsWith('import type'));
  expect(loaded.length).toBeGreaterThan(10);
  expect(
    loaded.filter((line) => !/ from '(?:\.{1,2}\/[\w/-]+\.ts|node:crypto)'$/u.test(line)),
  ).toEqual([]);
});

test('the example of the README is the one that is run here', async () => {
  const example = await source('test/readme-example.ts');
  const quoted = /```ts\n(.*?)```/su.exec(await source('README.md'))?.[1] ?? 'no example';
  expect(example.replace("'../src/index.ts'", "'@openkb/language-model'")).toContain(quoted);

  const reply = { title: 'Attention', sentences: ['It is a weighted sum.'] };
  await using server = await startModelServer({
    key: 'test-key-123',
    reply: () => ({ object: reply }),
  });
  const explanation = await explainAttention({
    OPENAI_API_KEY: 'test-key-123',
    OPENAI_BASE_URL: server.openai,
  });
  expect(explanation).toBe('Attention: It is a weighted sum. (1 request)');
  expect(
    await explainAttention({ OPENAI_API_KEY: 'wrong-key-123', OPENAI_BASE_URL: server.openai }),
  ).toBe('Check the value of OPENAI_API_KEY or LLM_API_KEY.');
});
