/** `query` with a model, from the command line over the wire to the disk, in both protocols. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { faults, read, tree } from '../helpers/knowledge-base.ts';
import { run } from '../helpers/run.ts';
import { askable, KEY, MODELS, PROTOCOLS, toolResult } from './helpers.ts';

const ANSWER =
  'It has a **round wick** ([[summaries/lamp|lamp]]) and the bell is struck every ninety seconds ([[summaries/handbook|handbook, p. 2]]), see [[concepts/unicorn|the unicorn]] and [[summaries/handbook|handbook, p. 77]].';
const CHECKED =
  'It has a **round wick** ([[summaries/lamp|lamp]]) and the bell is struck every ninety seconds ([[summaries/handbook|handbook, p. 2]]), see the unicorn and [[summaries/handbook|handbook]].';

test.each(PROTOCOLS)(
  'a question that the passages answer takes one request over %s, and links to nothing become text',
  async (protocol) => {
    const { dir, server, openkb } = await askable(protocol, () => ANSWER);
    const before = tree(join(dir, 'kb'));
    const { code, out, err } = await openkb('query', 'What wick has the Argand lamp?');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toBe(
      `${CHECKED}\n\nCited:\n- wiki/summaries/lamp.md\n- wiki/summaries/handbook.md, page 2`,
    );
    expect(err).toMatch(new RegExp(`${MODELS[protocol]}: .* tokens, \\$0\\.\\d+`));
    expect(err).toContain('concepts/unicorn; summaries/handbook, p. 77');
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request?.stream).toBe(true);
    expect(request?.messages.at(-1)?.content).toContain('The Argand lamp has a round wick.');
    expect(request?.messages.at(-1)?.content).toContain('What wick has the Argand lamp?');
    expect(request?.tools.map(({ name }) => name)).toEqual([
      'search',
      'read_page',
      'read_source_pages',
      'list_pages',
    ]);
    const after = tree(join(dir, 'kb'));
    delete after['.openkb/usage.jsonl'];
    expect(after).toEqual(before);
    const [line = ''] = read(dir, 'kb/.openkb/usage.jsonl').split('\n');
    expect(JSON.parse(line)).toMatchObject({
      command: 'query',
      subject: 'What wick has the Argand lamp?',
      outcome: 'answered',
      requests: 1,
    });
  },
);

test.each(PROTOCOLS)(
  'the model reads pages, and numbered pages of a document, over %s',
  async (protocol) => {
    const calls = [
      { name: 'search', input: { terms: 'fog bell' } },
      { name: 'read_page', input: { path: 'summaries/lamp.md' } },
      { name: 'read_source_pages', input: { document: 'handbook', pages: '2-3' } },
      { name: 'list_pages', input: { kind: 'summaries' } },
    ];
    const { server, openkb } = await askable(protocol, (_request, index) =>
      index < calls.length ? { toolCalls: calls.slice(index, index + 1) } : 'Done [[handbook]].',
    );
    const { code, out } = await openkb('query', 'bell');
    expect(code).toBe(0);
    expect(out).toContain('Done [[summaries/handbook]].');
    const [, search, page, source, list] = server.requests.map(toolResult);
    expect(search).toContain('page="sources/handbook.json"');
    expect(search).toContain('page_number="2"');
    expect(page).toContain('<page path="summaries/lamp.md">');
    expect(source).toContain('page_number="3"');
    expect(source).not.toContain('lantern at dawn');
    expect(list).toBe('summaries/handbook.md\nsummaries/lamp.md');
  },
);

test.each([
  ['a path out of the wiki', 'read_page', { path: '../.openkb/config.yaml' }],
  ['an absolute path', 'read_page', { path: '/etc/passwd' }],
  ['a file of the state', 'read_page', { path: '.openkb/hashes.json' }],
  ['a document out of the wiki', 'read_source_pages', { document: '../../lamp', pages: '1' }],
  ['pages that are none', 'read_source_pages', { document: 'handbook', pages: 'all' }],
  ['pages that it does not have', 'read_source_pages', { document: 'handbook', pages: '9' }],
  ['pages of a short document', 'read_source_pages', { document: 'lamp', pages: '1' }],
  ['an input that does not fit', 'read_page', { file: 'x' }],
  ['a kind that there is not', 'list_pages', { kind: '../..' }],
  ['a tool that there is not', 'write_page', { path: 'index.md', text: 'x' }],
])(
  'a tool that is called with %s says so to the model, and the answer comes',
  async (_name, name, input) => {
    const { dir, server, openkb } = await askable('openai', (_request, index) =>
      index === 0 ? { toolCalls: [{ name, input }] } : 'The wiki does not say.',
    );
    const before = tree(join(dir, 'kb'));
    const { code, out } = await openkb('query', 'lamp');
    expect({ code, out }).toEqual({ code: 0, out: 'The wiki does not say.' });
    const result = toolResult(server.requests[1]);
    expect(result).toMatch(
      /There is no|does not fit|Write pages as|has no such page|not stored page/,
    );
    expect(result).not.toMatch(/root:|extractive|round wick/);
    const after = tree(join(dir, 'kb'));
    delete after['.openkb/usage.jsonl'];
    expect(after).toEqual(before);
  },
);

test('a model that never stops looking is asked for an answer without tools', async () => {
  const { server, openkb } = await askable('openai', (request) =>
    request.tools.length > 0 && request.body['tool_choice'] !== 'none'
      ? { toolCalls: [{ name: 'search', input: { terms: 'lamp' } }] }
      : 'Here it is.',
  );
  const { code, out } = await openkb('query', 'lamp');
  expect({ code, out }).toEqual({ code: 0, out: 'Here it is.' });
  expect(server.requests).toHaveLength(8);
});

test('a model without tools is asked again without them', async () => {
  const { server, openkb } = await askable('openai', (request) =>
    request.tools.length > 0
      ? { fault: 'status', status: 400, message: 'registry.ollama.ai/x does not support tools' }
      : 'A round wick.',
  );
  const { code, out } = await openkb('query', 'lamp');
  expect({ code, out }).toEqual({ code: 0, out: 'A round wick.' });
  expect(server.requests.length).toBeLessThan(5);
});

const quota = {
  fault: 'status',
  status: 429,
  code: 'insufficient_quota',
  message: 'You exceeded your current quota',
} as const;

test.each([
  ['a refused key', { fault: 'status', status: 401, message: 'Incorrect API key' } as const, 4],
  ['no credit', quota, 12],
])('%s ends the question with its exit code and one sentence', async (_name, reply, code) => {
  const { openkb } = await askable('openai', () => reply);
  const failed = await openkb('query', 'lamp', '--save');
  expect(failed.code).toBe(code);
  expect(failed.err).toMatch(/^openkb: \S/m);
  expect(failed.err).not.toMatch(/unexpected|document/);
  expect(failed.out + failed.err).not.toContain(KEY);
});

test('without a key the exit code is 4; an address where nobody answers is 12', async () => {
  const { dir, server, environment } = await askable('openai', () => 'x');
  const noKey = { environment: { OPENKB_MODEL: 'openai/gpt-4o' } };
  const args = ['query', 'lamp', '--kb', 'kb'];
  const missing = await run(dir, args, { services: noKey });
  expect(missing.code).toBe(4);
  await server.close();
  await run(dir, ['config', 'set', 'model', 'openai/gpt-4o', '--kb', 'kb']);
  const config = read(dir, 'kb/.openkb/config.yaml');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(dir, 'kb/.openkb/config.yaml'), `${config}litellm:\n  num_retries: 0\n`);
  const gone = await run(dir, args, { services: { environment } });
  expect({ code: gone.code, err: gone.err }).toMatchObject({ code: 12 });
});

test('a stream that breaks after text was shown is asked again, and only the whole answer is printed', async () => {
  const { server, openkb } = await askable('openai', (_request, index) =>
    index === 0
      ? { fault: 'cut-off', answer: { text: 'A wrong beginning of an answer. '.repeat(20) } }
      : 'The right answer.',
  );
  const { code, out } = await openkb('query', 'lamp');
  expect({ code, out }).toEqual({ code: 0, out: 'The right answer.' });
  expect(server.requests).toHaveLength(2);
});

test('with --json each event is a line, and the last is the answer with what it cost', async () => {
  const { openkb } = await askable('openai', (_request, index) =>
    index === 0
      ? { text: 'Let me look.', toolCalls: [{ name: 'search', input: { terms: 'wick' } }] }
      : ANSWER,
  );
  const { code, out } = await openkb('query', 'lamp', '--json');
  expect(code).toBe(0);
  const events = out.split('\n').map((line) => JSON.parse(line) as { type: string });
  expect(new Set(events.map(({ type }) => type))).toEqual(
    new Set(['asking', 'text', 'tool', 'answer']),
  );
  expect(events.at(-1)).toMatchObject({
    type: 'answer',
    answer: CHECKED,
    citations: [
      { page: 'wiki/summaries/lamp.md' },
      { page: 'wiki/summaries/handbook.md', sourcePages: [2] },
    ],
    unknownCitations: ['concepts/unicorn', 'summaries/handbook, p. 77'],
    steps: 2,
    usage: { requests: 2 },
    cutOff: false,
  });
});

test('an answer that is cut off is shown, is not saved, and ends with 3', async () => {
  const { dir, openkb } = await askable('openai', () => ({
    text: 'Half an ans',
    finish: 'length',
  }));
  const { code, out, err } = await openkb('query', 'lamp', '--save');
  expect({ code, out }).toEqual({ code: 3, out: 'Half an ans' });
  expect(err).toContain('and is not saved');
  expect(readdirSync(join(dir, 'kb/wiki/explorations'))).toEqual([]);
});

test('--max-cost ends a question that would go on looking', async () => {
  const { server, openkb } = await askable('openai', () => ({
    toolCalls: [{ name: 'search', input: { terms: 'lamp' } }],
  }));
  const { code, err } = await openkb('query', 'lamp', '--max-cost', '0.0001');
  expect(code).toBe(12);
  expect(err).toContain('the limit of $0.0001 is reached');
  expect(server.requests).toHaveLength(1);
});

test.each(['0', '-1', 'abc'])('--max-cost %s is wrong usage', async (limit) => {
  const { server, openkb } = await askable('openai', () => 'x');
  expect((await openkb('query', 'lamp', `--max-cost=${limit}`)).code).toBe(2);
  expect(server.requests).toEqual([]);
});

test('an empty wiki is not asked about', async () => {
  const { dir, server, environment } = await askable('openai', () => 'x');
  await run(dir, ['init', 'empty']);
  const services = { environment };
  const { code, err } = await run(dir, ['query', 'lamp', '--save', '--kb', 'empty'], { services });
  expect(code).toBe(0);
  expect(err).toContain('There are no pages to search yet');
  expect(server.requests).toEqual([]);
  expect(existsSync(join(dir, 'empty/wiki/log.md'))).toBe(true);
  expect(faults(join(dir, 'empty'))).toEqual([]);
});

test('Ctrl-C while the answer comes ends with 130 and changes nothing', async () => {
  const { dir, environment } = await askable('openai', () => ({
    fault: 'slow',
    chunkBytes: 40,
    everyMs: 50,
    answer: { text: 'word '.repeat(2000) },
  }));
  const interrupt = new AbortController();
  const args = ['query', 'lamp', '--save', '--json', '--kb', 'kb'];
  const { code, err } = await run(dir, args, {
    services: { environment },
    signal: interrupt.signal,
    onOut(line) {
      if (line.includes('"type":"text"')) interrupt.abort('SIGINT');
    },
  });
  expect(code).toBe(130);
  expect(err).toMatch(/interrupted$/);
  expect(read(dir, 'kb/.openkb/usage.jsonl')).toContain('"outcome":"interrupted"');
  expect(readdirSync(join(dir, 'kb/wiki/explorations'))).toEqual([]);
});
