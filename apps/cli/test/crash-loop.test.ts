/* oxlint-disable no-await-in-loop, vitest/no-conditional-expect, vitest/valid-expect -- rounds run one after the other, and each expectation names its round */
/**
 * Stops and fails the real commands at every call that they make to the disk, by a kill, by power
 * cuts and by errors, recovers, and requires the whole tree to be the one before or the one after.
 */
import { replaceFile } from '@openkb/atomic-fs';
import { exploreCrashes, formatReport } from '@openkb/test-kit/crash-loop';
import { diffTrees, SimulatedFileSystem, snapshotTree } from '@openkb/test-kit/file-system';
import type { Fault } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { knowledgeBaseAt } from '../src/knowledge-base/open.ts';
import type { OpenedModel } from '../src/services.ts';
import { piped, writeConversation } from './helpers/conversation.ts';
import { writingModel } from './helpers/model-writer.ts';
import { ignore, ROOT, simulate, simulatedServices } from './helpers/simulated.ts';
import { wordCompiler } from './helpers/word-compiler.ts';

const services = {
  compiler: () => Promise.resolve(wordCompiler),
  languageModel: (): Promise<OpenedModel> => Promise.resolve(writingModel()),
};
const OLD = {
  '/d/old.md':
    '# Old\n\nThe LIGHT of the LAMP.\n\nTopics: Lamp\n\n![p](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n',
};
const NEW = { '/d/new.md': '# New\n\nThe LIGHT of the HORN.\n\nTopics: Light, Horn\n' };
const CHANGED = { '/d/old.md': '# Old\n\nThe LIGHT of the BELL.\n' };

async function must(fileSystem: SimulatedFileSystem, args: string[], options = {}): Promise<void> {
  const { code, err } = await simulate(fileSystem, args, { services, ...options });
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`);
}

const spoilRegistry = (disk: SimulatedFileSystem): void => {
  replaceFile(disk, `${ROOT}/.openkb/hashes.json`, '{"a": {', { id: 'x' });
};

/** What every next command does first: it takes the lock. */
async function takeLock(fileSystem: SimulatedFileSystem): Promise<void> {
  const kb = knowledgeBaseAt(simulatedServices(fileSystem, { process: 9 }), ROOT, 'test');
  (await kb.journal.acquire('exclusive')).release();
}

async function knowledgeBase(
  fileSystem: SimulatedFileSystem,
  { spoil }: Pick<Mutation, 'spoil'> = {},
): Promise<void> {
  await must(fileSystem, ['init', ROOT], { process: 1 });
  await must(fileSystem, ['add', '--kb', ROOT, '/d/old.md'], { sources: OLD, process: 2 });
  await spoil?.(fileSystem);
}

async function started(mutation?: Mutation): Promise<SimulatedFileSystem> {
  const fileSystem = new SimulatedFileSystem();
  await knowledgeBase(fileSystem, mutation);
  fileSystem.settle();
  return fileSystem;
}

/** Every command that changes a knowledge base which holds one document, `old`. */
const MUTATIONS: readonly Mutation[] = [
  { name: 'an add of a new document', args: ['add', '/d/new.md'], sources: NEW },
  {
    name: 'an add of a document whose content has changed',
    args: ['add', '/d/old.md'],
    sources: CHANGED,
  },
  {
    name: 'an add with a model',
    args: ['add', '--model', 'openai/gpt-4o', '/d/new.md'],
    sources: NEW,
  },
  {
    name: 'a recompile',
    args: ['recompile', '--yes', '--model', 'openai/gpt-4o', 'old'],
    sources: {},
  },
  { name: 'R02 R03 a remove', args: ['remove', '--yes', 'old'], sources: {} },
  { name: 'a change of the settings', args: ['config', 'set', 'keep', '7'], sources: {} },
  { name: 'an undo', args: ['undo', '--yes'], sources: {} },
  { name: 'an answer that is saved', args: ['query', '--save', 'lamp'], sources: {} },
  {
    name: 'L02 a conversation that is saved',
    args: ['chat', '--resume'],
    sources: {},
    spoil: writeConversation,
    piped: '/save\n',
  },
  { name: 'a first graph of the pages', args: ['visualize'], sources: {} },
  {
    name: 'a graph of the pages in the place of a file of somebody else',
    args: ['visualize'],
    sources: {},
    spoil: (disk) => replaceFile(disk, `${ROOT}/output/graph.html`, '<p>mine</p>', { id: 'x' }),
  },
  {
    name: 'a lint that mends',
    args: ['lint', '--fix', '--yes', '--no-model'],
    sources: {},
    spoil: (disk) => disk.unlink(`${ROOT}/wiki/concepts/lamp.md`),
  },
  {
    name: 'a registry that is made again',
    args: ['doctor', '--rebuild-registry', '--yes'],
    sources: {},
    spoil: spoilRegistry,
  },
  {
    name: 'an undo of a registry that was made again',
    args: ['undo', '--yes'],
    sources: {},
    spoil: async (disk) => {
      spoilRegistry(disk);
      await must(disk, ['doctor', '--kb', ROOT, '--rebuild-registry', '--yes'], { process: 8 });
    },
  },
];

interface Mutation {
  readonly name: string;
  readonly args: readonly string[];
  readonly sources: Readonly<Record<string, string>>;
  /** What a person does to the knowledge base before. */
  readonly spoil?: (disk: SimulatedFileSystem) => void | Promise<void>;
  /** What is piped into the command. */
  readonly piped?: string;
}

const carrying =
  (mutation: Mutation) =>
  (fileSystem: SimulatedFileSystem): Promise<void> => {
    const { args, sources } = mutation;
    const [command = '', ...rest] = args;
    const options = {
      sources,
      services: { ...services, ...piped(mutation.piped ?? '') },
      process: 3,
    };
    return must(fileSystem, [command, '--kb', ROOT, ...rest], options);
  };

const adding = (sources: Record<string, string>) => (fileSystem: SimulatedFileSystem) =>
  must(fileSystem, ['add', '--kb', ROOT, ...Object.keys(sources)], { sources, process: 3 });

test.each(MUTATIONS)('$name that is cut short anywhere is before or after', async (mutation) => {
  const report = await exploreCrashes({
    name: mutation.name,
    before: (fileSystem) => knowledgeBase(fileSystem, mutation),
    operation: carrying(mutation),
    recover: takeLock,
    ignore,
    model: 'journalling',
    randomImages: 1,
    nested: 4,
  });
  expect(report.violations, formatReport(report)).toEqual([]);
  expect(report.crashPoints).toBeGreaterThan(20);
});

test('the recover command brings an add that was killed anywhere back', async () => {
  const start = await started();
  const whole = start.clone();
  await adding(NEW)(whole);
  const before = snapshotTree(start, '/', ignore);
  const after = snapshotTree(whole, '/', ignore);
  const seen = { before: 0, after: 0 };
  for (let step = 1; step <= whole.steps; step += 1) {
    const killed = start.clone();
    killed.crashAt(step);
    await adding(NEW)(killed).catch(() => {});
    const next = killed.killImage();
    const { code, out } = await simulate(next, ['recover', '--kb', ROOT], { process: 9 });
    expect(code).toBe(0);
    const tree = snapshotTree(next, '/', ignore);
    const isAfter = diffTrees(after, tree).length === 0;
    if (!isAfter) expect(diffTrees(before, tree), `killed at step ${step}`).toEqual([]);
    expect(out).toMatch(
      /^(?:Nothing is unfinished\.|done: an interrupted add of "new\.md" was .*)$/,
    );
    seen[isAfter ? 'after' : 'before'] += 1;
  }
  expect(seen.before).toBeGreaterThan(20);
  expect(seen.after).toBeGreaterThan(3);
});

test('an init that is cut short anywhere has made all of a knowledge base, or nothing of it', async () => {
  const report = await exploreCrashes({
    name: 'init',
    before: (fileSystem) => {
      fileSystem.makeDirectory(ROOT);
      fileSystem.makeDirectory(`${ROOT}/.openkb`);
      fileSystem.makeDirectory(`${ROOT}/.openkb/journal`);
    },
    operation: (fileSystem) => must(fileSystem, ['init', ROOT]),
    recover: takeLock,
    ignore,
    model: 'journalling',
    randomImages: 1,
    nested: 4,
  });
  expect(report.violations, formatReport(report)).toEqual([]);
  expect(report.crashPoints).toBeGreaterThan(50);
});

test('an init that was killed anywhere is finished by the next one', async () => {
  const whole = new SimulatedFileSystem();
  await must(whole, ['init', ROOT]);
  const wanted = snapshotTree(whole, '/', ignore);
  for (let step = 1; step <= whole.steps; step += 1) {
    const killed = new SimulatedFileSystem();
    killed.crashAt(step);
    await simulate(killed, ['init', ROOT]);
    const next = killed.killImage();
    const { err } = await simulate(next, ['init', ROOT], { process: 2 });
    // the first one may have been complete: only clearing up was left
    expect(err).toMatch(/^$|is a knowledge base already/);
    expect(diffTrees(wanted, snapshotTree(next, '/', ignore))).toEqual([]);
  }
});

/** Every so many calls fail, another third of them for each command; with OPENKB_THOROUGH=1 all do. */
const STRIDE = process.env['OPENKB_THOROUGH'] === '1' ? 1 : 3;

const FAULTS: readonly Fault[] = [
  'ENOSPC',
  'EIO',
  'EACCES',
  'EMFILE',
  'EROFS',
  'EBUSY',
  'short write',
];

test.each(MUTATIONS)(
  '$name at which any call to the disk fails reports what is on the disk',
  async (mutation) => {
    const start = await started(mutation);
    const whole = start.clone();
    await carrying(mutation)(whole);
    const before = snapshotTree(start, '/', ignore);
    const after = snapshotTree(whole, '/', ignore);
    const seen = { done: 0, failed: 0 };
    const first = 1 + (MUTATIONS.indexOf(mutation) % STRIDE);
    for (let call = first; call <= whole.calls.length; call += STRIDE) {
      const fault = FAULTS[Math.ceil(call / STRIDE) % FAULTS.length] ?? 'EIO';
      const disk = start.clone();
      disk.failAt(call, fault);
      const [command = '', ...rest] = mutation.args;
      const { sources } = mutation;
      const options = {
        sources,
        services: { ...services, ...piped(mutation.piped ?? '') },
        process: 3,
      };
      const { code, err } = await simulate(disk, [command, '--kb', ROOT, ...rest], options);
      disk.heal();
      await takeLock(disk);
      const tree = snapshotTree(disk, '/', ignore);
      const isAfter = diffTrees(after, tree).length === 0;
      const where = `${fault} at call ${call}, exit ${code}: ${err}`;
      if (!isAfter) expect(diffTrees(before, tree), where).toEqual([]);
      if (code === 0) expect(isAfter, where).toBe(true);
      if (code === 1) expect(isAfter, where).toBe(false);
      if (code !== 0) {
        expect([1, 13], where).toContain(code);
        expect(err).toMatch(/^(?:failed|openkb:) /m);
        expect(err, where).not.toContain('unexpected error');
      }
      seen[code === 0 ? 'done' : 'failed'] += 1;
    }
    expect(seen.done).toBeGreaterThan(0);
    expect(seen.failed).toBeGreaterThan(whole.calls.length / STRIDE / 6);
  },
);
