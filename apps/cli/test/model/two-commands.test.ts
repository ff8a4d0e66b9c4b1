/** A newcomer with whatever they have gets a wiki from the same two commands: `init`, `add`. */
import { join } from 'node:path';

import { detectModel } from '@openkb/language-model';
import { type ModelServer, startModelServer } from '@openkb/test-kit/model-server';
import { expect, onTestFinished, test } from 'vitest';

import { faults, read, write } from '../helpers/knowledge-base.ts';
import { answerTo } from '../helpers/model-writer.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n\nTopics: Argand lamp\n';

/** What the server says it has: the models that the program chooses, and one that somebody has pulled. */
const MODELS = ['gpt-5.4-mini', 'claude-haiku-4-5', 'llama3.2'];

type Environment = Record<string, string>;

const reply = (request: Parameters<typeof answerTo>[0]) => ({ object: answerTo(request) });

/** Runtimes of this machine at their usual addresses are out of reach; the server may take all the time it needs. */
const onlyHere =
  (server: ModelServer): typeof fetch =>
  (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url.startsWith(server.url)
      ? fetch(input, { ...init, signal: null })
      : Promise.reject(new TypeError('out of reach'));
  };

test.each<[string, (server: ModelServer) => Environment, RegExp]>([
  [
    'only OPENAI_API_KEY',
    (server) => ({ OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: server.openai }),
    /^openai\//,
  ],
  [
    'only ANTHROPIC_API_KEY',
    (server) => ({ ANTHROPIC_API_KEY: 'sk-ant-test', ANTHROPIC_BASE_URL: server.url }),
    /^anthropic\//,
  ],
  ['only a local server', (server) => ({ OLLAMA_HOST: server.url }), /^ollama\//],
  // nothing listens there: what runs on this machine is not asked
  ['nothing at all', () => ({ OLLAMA_HOST: 'http://127.0.0.1:9' }), /^extractive$/],
])('%s is enough for a wiki', async (_name, environmentFor, model) => {
  const dir = temporaryDirectory(onTestFinished);
  const server = await startModelServer({ reply, models: MODELS });
  onTestFinished(() => server.close());
  write(dir, { 'lamp.md': LAMP });
  const environment = environmentFor(server);
  const services = {
    environment,
    detectModel: () => detectModel({ env: environment, fetch: onlyHere(server) }),
  };
  expect((await run(dir, ['init', 'kb'], { services })).code).toBe(0);
  const added = await run(dir, ['add', '--kb', 'kb', 'lamp.md'], { services });
  expect(added).toMatchObject({ code: 0 });
  const compiledBy = /^compiled_by: "(.*)"$/m.exec(read(dir, 'kb/wiki/summaries/lamp.md'))?.[1];
  expect(compiledBy).toMatch(model);
  expect(read(dir, 'kb/wiki/concepts/argand-lamp.md')).toContain('# Argand lamp');
  expect(faults(join(dir, 'kb'))).toEqual([]);
});
