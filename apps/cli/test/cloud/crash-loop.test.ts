/* oxlint-disable no-await-in-loop, vitest/no-conditional-expect, vitest/valid-expect -- rounds run one after the other, and each expectation names its round */
/**
 * Stops and fails imports and uploads at every call to the disk: the tree is the one before or the
 * one after, and no document is uploaded twice.
 */
import type { ConvertedDocument } from '@openkb/converter';
import { exploreCrashes, formatReport } from '@openkb/test-kit/crash-loop';
import {
  diffTrees,
  type Fault,
  SimulatedFileSystem,
  snapshotTree,
} from '@openkb/test-kit/file-system';
import { fixture, type NewDocument } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { knowledgeBaseAt } from '../../src/knowledge-base/open.ts';
import { startCloud } from '../helpers/cloud.ts';
import { ignore, ROOT, simulate, simulatedServices } from '../helpers/simulated.ts';
import { wordCompiler } from '../helpers/word-compiler.ts';

const page = (markdown: string, images: readonly unknown[] = []) => ({
  page_index: 1,
  markdown,
  images,
});
const [
  {
    images: [pixel],
  },
] = fixture('images-base64').pages as [{ images: string[] }];
const OLD: NewDocument = {
  id: 'pi-old',
  name: 'old.pdf',
  pages: [page('The LIGHT of the LAMP.', [pixel])],
};
const NEW: NewDocument = {
  id: 'pi-new',
  name: 'scans\\old.pdf',
  pages: [page('The LIGHT of the HORN.', [pixel]), { ...page('The LAMP.'), page_index: 2 }],
};

/** A long PDF, as a converter gives it. */
const PDF: ConvertedDocument = {
  format: 'pdf',
  title: 'Long',
  markdown: 'The LIGHT.',
  pages: Array.from({ length: 20 }, (_, i) => ({
    page: i + 1,
    markdown: 'The LIGHT.',
    images: [],
  })),
  images: [],
  outline: [],
  metadata: {},
  messages: [],
};
const SOURCES = { '/d/long.pdf': '%PDF-1.7 long' };

const add = (...ids: string[]) => ['add', '--force', '--from-pageindex-cloud', ...ids];

async function started() {
  const { server, services: cloud } = await startCloud(onTestFinished, { polls: 2 });
  const services = {
    ...cloud,
    compiler: () => Promise.resolve(wordCompiler),
    convert: () => Promise.resolve(PDF),
  };
  const go = (fileSystem: SimulatedFileSystem, process: number, args: readonly string[]) =>
    simulate(fileSystem, [...args, '--kb', ROOT], { services, process, sources: SOURCES });
  const must = async (...given: Parameters<typeof go>) => {
    const { code, err } = await go(...given);
    if (code !== 0) throw new Error(err);
  };
  const before = async (fileSystem: SimulatedFileSystem) => {
    server.addDocument(OLD);
    server.addDocument(NEW);
    const made = await simulate(fileSystem, ['init', ROOT], { services, process: 1 });
    if (made.code !== 0) throw new Error(made.err);
    await must(fileSystem, 2, add('pi-old'));
    // what a forced import finds is other content, without the picture
    server.addDocument({ ...OLD, pages: [page('The BELL of the LAMP.')] });
  };
  return { server, go, must, before };
}

/** What every next command does first: it takes the lock. */
async function takeLock(fileSystem: SimulatedFileSystem): Promise<void> {
  const kb = knowledgeBaseAt(simulatedServices(fileSystem, { process: 9 }), ROOT, 'test');
  (await kb.journal.acquire('exclusive')).release();
}

test.each([
  ['an import of a new document', add('pi-new')],
  ['an import of a document that has changed in the cloud', add('pi-old')],
  ['a long PDF by way of the cloud', ['add', '/d/long.pdf']],
])('%s that is cut short anywhere is before or after', async (name, args) => {
  const { before, must } = await started();
  const report = await exploreCrashes({
    name,
    before,
    operation: (fileSystem) => must(fileSystem, 3, args),
    recover: takeLock,
    ignore,
    model: 'journalling',
    randomImages: 1,
    nested: 4,
  });
  expect(report.violations, formatReport(report)).toEqual([]);
  expect(report.crashPoints).toBeGreaterThan(30);
});

test('a long PDF is uploaded once, wherever the process dies, and the next add completes it', async () => {
  const rehearsal = await started();
  const whole = new SimulatedFileSystem();
  await rehearsal.before(whole);
  const steps = whole.steps;
  await rehearsal.must(whole, 3, ['add', '/d/long.pdf']);
  const after = snapshotTree(whole, '/', ignore);
  let died = 0;
  for (let step = steps + 1; step <= whole.steps; step += 1) {
    const { before, go, server } = await started();
    const disk = new SimulatedFileSystem();
    await before(disk);
    disk.crashAt(step);
    if ((await go(disk, 3, ['add', '/d/long.pdf'])).code !== 0) died += 1;
    const next = disk.killImage();
    const { code, err } = await go(next, 4, ['add', '/d/long.pdf']);
    expect({ step, code, err }).toMatchObject({ code: 0 });
    expect(server.requestsOf('submit'), `died at step ${step}`).toHaveLength(1);
    const tree = Object.keys(snapshotTree(next, '/', ignore)).toSorted();
    expect(tree, `died at step ${step}`).toEqual(Object.keys(after).toSorted());
  }
  expect(died).toBeGreaterThan(30);
});

const FAULTS: readonly Fault[] = ['ENOSPC', 'EIO', 'EACCES', 'EMFILE', 'EROFS', 'short write'];

test('an import at which any call to the disk fails reports what is on the disk', async () => {
  const { before, go, must } = await started();
  const start = new SimulatedFileSystem();
  await before(start);
  start.settle();
  const whole = start.clone();
  await must(whole, 3, add('pi-new'));
  const [wanted, old] = [snapshotTree(whole, '/', ignore), snapshotTree(start, '/', ignore)];
  const seen = { done: 0, failed: 0 };
  // the calls of `add` itself are all failed in the loop over the commands: here every other one
  for (let call = 1; call <= whole.calls.length; call += 2) {
    const fault = FAULTS[(call >> 1) % FAULTS.length] ?? 'EIO';
    const disk = start.clone();
    disk.failAt(call, fault);
    const { code, err } = await go(disk, 3, add('pi-new'));
    disk.heal();
    await takeLock(disk);
    const tree = snapshotTree(disk, '/', ignore);
    const isAfter = diffTrees(wanted, tree).length === 0;
    const where = `${fault} at call ${call}, exit ${code}: ${err}`;
    if (!isAfter) expect(diffTrees(old, tree), where).toEqual([]);
    if (code === 0) expect(isAfter, where).toBe(true);
    if (code !== 0) expect([1, 13], where).toContain(code);
    if (code !== 0) expect(err, where).not.toContain('unexpected error');
    seen[code === 0 ? 'done' : 'failed'] += 1;
  }
  expect(seen.done).toBeGreaterThan(0);
  expect(seen.failed).toBeGreaterThan(whole.calls.length / 6);
});
