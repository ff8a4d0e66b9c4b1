/** The key of PageIndex Cloud is in no output, no error and no file, whatever happens. */
import { copyFileSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { handbook, type Misbehaviour } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { startCloud } from '../helpers/cloud.ts';
import { write } from '../helpers/knowledge-base.ts';
import { type Ran, run, temporaryDirectory } from '../helpers/run.ts';

const KEY = 'pi-secret-0a1b2c3d4e5f';
const LENS = fileURLToPath(
  new URL('../../../../examples/lighthouses/fresnel-lens.pdf', import.meta.url),
);

function files(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return lstatSync(path).isDirectory() ? files(path) : [path];
  });
}

const FAULTS: readonly Misbehaviour[] = [
  { kind: 'status', status: 401, message: `the key ${KEY} is not known` },
  { kind: 'status', status: 500, form: 'html', message: KEY },
  { kind: 'status', status: 400, form: 'detail-list', message: `api_key: ${KEY}` },
  { kind: 'body', body: `<html>${KEY}</html>` },
  { kind: 'body', body: `{"doc_id": "${KEY}", "status": "completed"}` },
  { kind: 'reset', when: 'after-body' },
  { kind: 'truncated', declared: true },
];

test('the key is in no output and in no file of the knowledge base', async () => {
  const dir = temporaryDirectory(onTestFinished);
  const kb = join(dir, 'kb');
  const leaking = { description: `made with ${KEY}`, note: KEY };
  const pages = [{ page_index: 1, markdown: `Tea is a plant. The key is ${KEY}.`, images: [] }];
  const { server, services } = await startCloud(onTestFinished, {
    apiKey: KEY,
    documents: [handbook(), { id: 'pi-leak', name: `${KEY}.pdf`, metadata: leaking, pages }],
  });
  copyFileSync(LENS, join(dir, 'lens.pdf'));
  await run(dir, ['init', 'kb']);
  writeFileSync(join(kb, '.openkb/config.yaml'), 'pageindex_threshold: 2\n');
  write(kb, { '.env': `PAGEINDEX_API_KEY=${KEY}\n` });
  const outputs: Ran[] = [];
  const go = async (...args: string[]) => {
    outputs.push(await run(dir, [...args, '--kb', 'kb', '-v'], { services }));
  };
  const each = [
    ['cloud', 'list'],
    ['cloud', 'list', '--json'],
    ['cloud', 'status', 'pi-leak'],
    ['add', '--force', '--from-pageindex-cloud', 'pi-leak', 'pi-handbook'],
    ['add', '--force', '--json', '--from-pageindex-cloud', 'pi-leak'],
    ['add', '--force', 'lens.pdf'],
  ];
  for (const fault of [undefined, ...FAULTS])
    for (const args of each) {
      if (fault !== undefined)
        for (const route of ['metadata', 'list', 'tree', 'ocr', 'submit'] as const)
          server.fault({ ...fault, route });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await go(...args);
    }
  // oxlint-disable-next-line no-await-in-loop
  for (const args of [['list'], ['status'], ['doctor'], ['search', 'key']]) await go(...args);
  const said = outputs.map(({ out, err }) => out + err).join('\n');
  expect(said).toContain('made with ***');
  expect(said).toContain('the key *** is not known');
  expect(said).not.toContain(KEY);
  const own = files(kb).filter((path) => path !== join(kb, '.env'));
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter((path) => path.includes(KEY) || readFileSync(path).includes(KEY))).toEqual([]);
  expect(JSON.stringify(server.requests)).not.toContain(KEY);
});
