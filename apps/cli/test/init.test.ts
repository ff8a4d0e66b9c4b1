import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';

import { run, temporaryDirectory } from './helpers/run.ts';

const fresh = () => temporaryDirectory(onTestFinished);

test('init makes the layout that the format names', async () => {
  const dir = fresh();
  const { code, out, err } = await run(dir, ['init', 'kb']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`Made a knowledge base in "${dir}/kb".`);
  expect(out).toContain('Model: extractive (no key and no local model was found)');
  expect(readdirSync(join(dir, 'kb'))).toEqual(['.openkb', 'output', 'raw', 'wiki']);
  expect(readdirSync(join(dir, 'kb/wiki'))).toEqual(
    'AGENTS.md concepts entities explorations index.md log.md reports sources summaries'.split(' '),
  );
  expect(readFileSync(join(dir, 'kb/.openkb/hashes.json'), 'utf8')).toBe('{}');
  expect(parse(readFileSync(join(dir, 'kb/.openkb/config.yaml'), 'utf8'))).toMatchObject({
    model: 'extractive',
    language: 'en',
    pageindex_threshold: 20,
    concurrency: 5,
  });
});
