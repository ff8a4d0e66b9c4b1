import { readdir, readFile } from 'node:fs/promises';

import { startModelServer } from '@openkb/test-kit/model-server';
import { expect, test } from 'vitest';

import { askTheWiki } from './readme-conversation.ts';
import { explainAttention } from './readme-example.ts';

const source = (path: string): Promise<string> =>
  readFile(new URL(`../${path}`, import.meta.url), 'utf8');

test('the public names are these', async () => {
  expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([
    'LanguageModelError',
    'MOST_IMAGE_BYTES',
    'NO_USAGE',
    'addUsage',
    'createLanguageModel',
    'detectModel',
    'estimateImageTokens',
    'estimateTokens',
    'imageFacts',
    'loadPriceBook',
    'metered',
    'parseEnvFile',
    'parseModelName',
    'patientFetch',
    'replyKey',
    'resolveModelSettings',
    'withImages',
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

test('the examples of the README are those that are run here', async () => {
  const quoted = [...(await source('README.md')).matchAll(/```ts\n(.*?)```/gsu)];
  const run = ['readme-example', 'readme-conversation'].map((name) => source(`test/${name}.ts`));
  expect(quoted.map(([, code]) => code)).toEqual(
    (await Promise.all(run)).map((code) =>
      code.replaceAll("'../src/index.ts'", "'@openkb/language-model'"),
    ),
  );
});

test('the first explains a term, and says which key is wrong', async () => {
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

test('the second answers from a page, and says what that cost', async () => {
  const usage = { inputTokens: 500_000, outputTokens: 0 };
  await using server = await startModelServer({
    replies: [
      { toolCalls: [{ name: 'read_page', input: { path: 'concepts/attention.md' } }], usage },
      { text: 'A weighted sum.', usage },
    ],
  });
  const sources = {
    environment: { ANTHROPIC_API_KEY: 'sk-ant-0123456789', ANTHROPIC_BASE_URL: server.url },
    knowledgeBase: { settings: { model: 'anthropic/claude-haiku-4-5' } },
  };
  const pages = new Map([['concepts/attention.md', 'Attention is a weighted sum.']]);
  expect(await askTheWiki(sources, pages, new Map() as never)).toBe(
    'A weighted sum. [2 requests, $1, 0 without a price]',
  );
  expect(server.requests[1]?.messages.at(-1)?.content).toBe('Attention is a weighted sum.');
});
