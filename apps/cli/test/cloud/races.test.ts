/** L11: what others do while a document is fetched, and imports of the same and of the like at once. */
import { join } from 'node:path';

import type { PageIndexClient } from '@openkb/pageindex-cloud';
import { handbook, samplePages } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import type { Services } from '../../src/services.ts';
import { spawnCli } from '../helpers/child.ts';
import { type Cloud, startCloud } from '../helpers/cloud.ts';
import { faults, read, write } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

async function started() {
  const dir = temporaryDirectory(onTestFinished);
  const documents = [handbook(), { ...handbook(), id: 'pi-2' }];
  const { server, services } = await startCloud(onTestFinished, { documents });
  await run(dir, ['init', 'kb']);
  const add = (id: string, changed: Partial<Services> = {}) =>
    run(dir, ['add', '--kb', 'kb', '--from-pageindex-cloud', id], {
      services: { ...services, ...changed },
    });
  const names = () =>
    Object.values(
      JSON.parse(read(dir, 'kb/.openkb/hashes.json')) as Record<string, { doc_name: string }>,
    ).map(({ doc_name: name }) => name);
  return { dir, server, services, add, names };
}

/** A client after whose download of the pages something happens. */
function disturbed(
  { cloud }: Cloud['services'],
  disturb: () => Promise<unknown>,
): Pick<Services, 'cloud'> {
  return {
    cloud: async (options) => {
      const client = await cloud(options);
      const pages: PageIndexClient['pages'] = async (...args) => {
        const found = await client.pages(...args);
        await disturb();
        return found;
      };
      return { ...client, pages };
    },
  };
}

test('L11: the lock is free while a document is fetched', async () => {
  const { dir, services, add, names } = await started();
  write(dir, { 'note.md': '# Note\n\nThe tea plant is a shrub. The tea plant is green.\n' });
  let code: number | undefined;
  const other = async () => {
    ({ code } = await run(dir, ['add', '--kb', 'kb', '--wait', '0', 'note.md']));
  };
  expect((await add('pi-handbook', disturbed(services, other))).code).toBe(0);
  expect(code).toBe(0);
  expect(names()).toEqual(['note', 'tea-handbook']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('L11: an id that another process imports meanwhile is skipped at the commit', async () => {
  const { dir, services, add, names } = await started();
  const { code, out } = await add(
    'pi-handbook',
    disturbed(services, () => add('pi-handbook')),
  );
  expect(code).toBe(0);
  expect(out).toContain('skipped  pi-handbook: it is there already as "tea-handbook"');
  expect(names()).toEqual(['tea-handbook']);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('L11: a name that another document takes meanwhile is decided again', async () => {
  const { dir, services, add, names } = await started();
  expect(
    (
      await add(
        'pi-2',
        disturbed(services, () => add('pi-handbook')),
      )
    ).code,
  ).toBe(0);
  expect(names()).toEqual(['tea-handbook', expect.stringMatching(/^tea-handbook-[0-9a-f]{8}$/)]);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('L11: processes that import the same ids at once make one entry of each, with names of their own', async () => {
  const { dir, server, names } = await started();
  for (let i = 3; i <= 6; i += 1) server.addDocument({ id: `pi-${i}`, pages: samplePages(i) });
  const ids = ['pi-handbook', 'pi-2', 'pi-3', 'pi-4', 'pi-5', 'pi-6'];
  const environment = { PAGEINDEX_API_KEY: server.apiKey, PAGEINDEX_API_URL: server.url };
  const children = [ids, ids.toReversed()].map((order) =>
    spawnCli(
      dir,
      ['add', '--kb', 'kb', '--from-pageindex-cloud', ...order],
      undefined,
      environment,
    ),
  );
  const ends = await Promise.all(children.map(({ ended }) => ended));
  expect(ends.map(({ code, err }) => (code === 0 ? 0 : err))).toEqual([0, 0]);
  const added = ends.map(({ out }) => Number(/added (\d+)/.exec(out)?.[1]));
  expect((added[0] ?? 0) + (added[1] ?? 0)).toBe(6);
  expect(new Set(names()).size).toBe(6);
  expect(faults(join(dir, 'kb')).filter((fault) => !fault.startsWith('orphan-page'))).toEqual([]);
  expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('two documents of one name do not hide each other, nor a file of that name', async () => {
  const { dir, add, names } = await started();
  write(dir, { 'tea-handbook.md': '# Tea\n\nThe tea plant is a shrub. The tea plant is green.\n' });
  await run(dir, ['add', '--kb', 'kb', 'tea-handbook.md']);
  await add('pi-handbook');
  await add('pi-2');
  const suffixed = expect.stringMatching(/^tea-handbook-[0-9a-f]{8}$/) as string;
  expect(names()).toEqual(['tea-handbook', suffixed, suffixed]);
  expect(new Set(names()).size).toBe(3);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

test('a document that has no path in an older registry is not taken for one of the cloud', async () => {
  const { dir, add, names } = await started();
  const entry = { name: 'tea-handbook.pdf', type: 'pdf' };
  write(dir, { 'kb/.openkb/hashes.json': JSON.stringify({ ['0'.repeat(64)]: entry }) });
  expect((await add('pi-handbook')).out).toMatch(/^added/);
  expect(names()).toHaveLength(2);
});

test('an imported document is removed here and stays in the cloud', async () => {
  const { dir, server, services, add, names } = await started();
  await add('pi-handbook');
  const removed = await run(dir, ['remove', '--kb', 'kb', '--yes', 'tea-handbook'], { services });
  expect({ code: removed.code, err: removed.err }).toMatchObject({ code: 0 });
  expect(names()).toEqual([]);
  expect(server.documents.has('pi-handbook')).toBe(true);
  expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(faults(join(dir, 'kb'))).toEqual([]);
  expect((await add('pi-handbook')).out).toMatch(/^added/);
});
