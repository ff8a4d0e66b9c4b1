import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { run, temporaryDirectory } from '../helpers/run.ts';

const line = (entry: object) =>
  `${JSON.stringify({
    at: '2026-03-01T12:00:00.000Z',
    command: 'add',
    subject: 'lamp.md',
    model: 'openai/gpt-4o',
    requests: 2,
    inputTokens: 1000,
    cachedInputTokens: 0,
    outputTokens: 500,
    dollars: 0.25,
    outcome: 'committed',
    ...entry,
  })}\n`;

async function withLedger(...lines: string[]) {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', 'kb']);
  appendFileSync(join(dir, 'kb/.openkb/usage.jsonl'), lines.join(''));
  return (...args: string[]) => run(dir, ['usage', '--kb', 'kb', ...args]);
}

test('what was spent is added up by document and question, by command and model, with a total', async () => {
  const usage = await withLedger(
    line({}),
    line({ outcome: 'failed', at: '2026-03-02T12:00:00.000Z' }),
    line({ command: 'query', subject: 'What is a lamp?', dollars: 0.01, requests: 1 }),
    line({ command: 'query', subject: 'Free?', model: 'x/y', dollars: null, requests: 1 }),
  );
  const { code, out } = await usage();
  expect(code).toBe(0);
  const rows = out.split('\n').map((row) => row.trim().split(/ {2,}/));
  expect(rows).toEqual([
    ['last', 'command', 'for', 'model', 'requests', 'input', 'output', 'cost'],
    ['2026-03-01', 'query', 'What is a lamp?', 'openai/gpt-4o', '1', '1.0k', '500', '$0.0100'],
    ['2026-03-01', 'query', 'Free?', 'x/y', '1', '1.0k', '500', 'unknown'],
    ['2026-03-02', 'add', 'lamp.md', 'openai/gpt-4o', '4', '2.0k', '1.0k', '$0.50'],
    [''],
    ['requests', 'input', 'output', 'cost'],
    ['add', '4', '2.0k', '1.0k', '$0.50'],
    ['query', '2', '2.0k', '1.0k', '$0.0100 and unknown'],
    ['openai/gpt-4o', '5', '3.0k', '1.5k', '$0.51'],
    ['x/y', '1', '1.0k', '500', 'unknown'],
    ['total', '6', '4.0k', '2.0k', '$0.51 and unknown'],
  ]);
});

test('--since leaves out what is older; --json has the figures', async () => {
  const usage = await withLedger(line({}), line({ at: '2026-05-01T00:00:00.000Z', subject: 'b' }));
  const { out } = await usage('--since', '2026-04-01', '--json');
  expect(JSON.parse(out)).toMatchObject({
    type: 'usage',
    entries: [{ subject: 'b', times: 1, dollars: 0.25 }],
    total: { requests: 2, dollars: 0.25, unpriced: 0 },
  });
  const exact = await usage('--since', '2026-03-01T12:00:00.000Z', '--json');
  expect(JSON.parse(exact.out)).toMatchObject({ total: { requests: 4 } });
});

test.each(['yesterday', '2026-02-30', '2026-13-01', '5', '2026-01-01Txx'])(
  '--since %s is wrong usage',
  async (since) => {
    const usage = await withLedger(line({}));
    expect(await usage('--since', since)).toMatchObject({ code: 2, out: '' });
  },
);

test('lines that are damaged are passed over, and where nothing was asked that is said', async () => {
  const usage = await withLedger(
    '{"at": "2026',
    '\n[]\nnull\n',
    line({ inputTokens: 'x', subject: 7 }),
  );
  const { code, out } = await usage('--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    total: { requests: 2, inputTokens: 0, outputTokens: 500 },
  });
  const nothing = await withLedger();
  expect(await nothing()).toMatchObject({ code: 0, out: '', err: 'No model has been asked yet.' });
});
