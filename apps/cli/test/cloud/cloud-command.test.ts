/** `openkb cloud list` and `openkb cloud status`. */
import { fixture, handbook, type NewDocument } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { startCloud } from '../helpers/cloud.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

async function started(documents: readonly NewDocument[]) {
  const dir = temporaryDirectory(onTestFinished);
  const { server, services } = await startCloud(onTestFinished, { documents });
  const cloud = (...args: string[]) => run(dir, ['cloud', ...args], { services });
  return { dir, server, services, cloud };
}

const tea = (): NewDocument => ({ ...handbook(), createdAt: '2026-03-02T09:15:00.000Z' });

test('the list shows ids, states and names, the newest first, without a knowledge base', async () => {
  const { cloud } = await started([tea(), fixture('status-processing')]);
  const { code, out } = await cloud('list');
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.replace(/\s+/g, ' '))).toEqual([
    'ID STATUS PAGES CREATED NAME',
    'pi-status-processing processing 3 2026-03-02 status-processing.pdf',
    'pi-handbook completed 8 2026-03-02 tea-handbook.pdf',
    '',
    '2 documents',
  ]);
});

test('the list says what is in the knowledge base already, and when there is more', async () => {
  const { dir, cloud, services } = await started([tea(), { id: 'pi-2' }, { id: 'pi-3' }]);
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', '--from-pageindex-cloud', 'pi-handbook'], { services });
  expect((await cloud('list', '--kb', 'kb')).out).toContain(
    'tea-handbook.pdf (here as "tea-handbook")',
  );
  expect((await cloud('list', '--top', '2')).out).toContain('the newest 2; --top shows more');
});

test('with --json each document is an object', async () => {
  const { cloud } = await started([tea()]);
  expect(JSON.parse((await cloud('list', '--json')).out)).toEqual({
    schema: 'openkb/1',
    type: 'cloud-list',
    documents: [
      {
        id: 'pi-handbook',
        name: 'tea-handbook.pdf',
        status: 'completed',
        description: 'On growing and making tea.',
        pages: 8,
        createdAt: '2026-03-02T09:15:00.000Z',
      },
    ],
    more: false,
  });
});

test('an empty account is told', async () => {
  const { cloud } = await started([]);
  expect(await cloud('list')).toMatchObject({
    code: 0,
    err: 'There are no documents in your account at PageIndex Cloud.',
  });
});

test('the state of one document comes with how to import it', async () => {
  const { cloud } = await started([tea(), fixture('status-failed')]);
  const { out } = await cloud('status', 'pi-handbook');
  expect(out).toContain('Import it with: openkb add --from-pageindex-cloud pi-handbook');
  const failed = await cloud('status', 'pi-status-failed');
  expect(failed.code).toBe(0);
  expect(failed.out).toMatch(/^status +failed: All pages are blank\.$/m);
  expect(failed.out).not.toContain('Import it');
});

test('a name of control characters moves no cursor and forges no line', async () => {
  const { cloud } = await started([fixture('name-controls'), fixture('name-200-cjk')]);
  const { out } = await cloud('list');
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
  expect(out.split('\n')).toHaveLength(5);
});

test.each([
  [[], 'name a command: list or status'],
  [['lists'], 'list'],
  [['status'], 'an argument is missing'],
  [['list', '--top', '0'], '--top takes a whole number, 1 or more'],
])('cloud %j is wrong usage (exit 2)', async (args, said) => {
  const { cloud } = await started([]);
  const { code, err } = await cloud(...args);
  expect({ code, err }).toMatchObject({ code: 2 });
  expect(err).toContain(said);
});
