/**
 * Random change sets over random trees, with a crash before a random call and a random part of what
 * was not synced lost: the tree equals that of a model which applies the change set or does not.
 */
import { SimulatedFileSystem, snapshotTree } from '@openkb/test-kit/file-system';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Change } from '../src/index.ts';
import { commitSimulated, populate, recoverSimulated, ROOT } from './support/simulated.ts';

type Files = Record<string, string>;

const paths = ['a.md', 'b.md', 'wiki/a.md', 'wiki/deep/a.md', 'wiki/deep/b.md', 'raw/x', 'raw/y/z'];
const content = fc.oneof(
  fc.constant(''),
  fc.string({ maxLength: 12 }),
  fc.constant('x'.repeat(600)),
);
const trees = fc
  .uniqueArray(fc.constantFrom(...paths), { maxLength: paths.length })
  .chain((chosen) =>
    fc
      .tuple(...chosen.map(() => content))
      .map((texts) => Object.fromEntries(chosen.map((path, n) => [path, texts[n] ?? '']))),
  );
const changeSets = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...paths), fc.constantFrom('write', 'append', 'remove'), content),
  { selector: ([path]) => path, minLength: 1, maxLength: 5 },
);

const changesOf = (set: readonly (readonly [string, string, string])[]): Change[] =>
  set.map(([path, kind, text]) =>
    kind === 'remove'
      ? { kind: 'remove', path }
      : { kind: kind as 'write' | 'append', path, bytes: Buffer.from(text) },
  );

/** The model: what the files are when the whole set is applied. */
function applied(before: Files, set: readonly (readonly [string, string, string])[]): Files {
  const after = new Map(Object.entries(before));
  for (const [path, kind, text] of set) {
    if (kind === 'remove') after.delete(path);
    else after.set(path, kind === 'append' ? (after.get(path) ?? '') + text : text);
  }
  return Object.fromEntries(after);
}

function filesOf(disk: SimulatedFileSystem): Files {
  const files: Files = {};
  const tree = snapshotTree(disk, ROOT, (path) => path.startsWith(`${ROOT}/.openkb`));
  for (const [path, entry] of tree) {
    if (entry.kind !== 'file') continue;
    const handle = disk.open(path, 'read');
    const bytes = new Uint8Array(handle.stat().size);
    handle.read(bytes, 0);
    handle.close();
    files[path.slice(ROOT.length + 1)] = Buffer.from(bytes).toString('utf8');
  }
  return files;
}

function start(files: Files): SimulatedFileSystem {
  const disk = new SimulatedFileSystem();
  populate(disk, { '.openkb/': '', ...files });
  disk.settle();
  return disk;
}

test('I1: a random change set cut short anywhere equals the model before or after', async () => {
  const seen = { before: 0, after: 0 };
  await fc.assert(
    fc.asyncProperty(trees, changeSets, fc.nat(), fc.nat(), async (before, set, when, seed) => {
      const whole = start(before);
      await commitSimulated(whole, changesOf(set));
      const after = applied(before, set);
      expect(filesOf(whole)).toEqual(after);

      const disk = start(before);
      disk.crashAt(1 + (when % (whole.steps + 1)));
      await commitSimulated(disk, changesOf(set)).catch(() => {});
      for (const { fileSystem } of disk.crashImages({ seed, random: 2 })) {
        // oxlint-disable-next-line no-await-in-loop -- one image after the other
        await recoverSimulated(fileSystem);
        const files = filesOf(fileSystem);
        expect([before, after]).toContainEqual(files);
        seen[
          JSON.stringify(sorted(files)) === JSON.stringify(sorted(after)) ? 'after' : 'before'
        ] += 1;
        expect(leftovers(fileSystem)).toEqual([]);
      }
    }),
    { numRuns: Number(process.env['OPENKB_PROPERTY_RUNS'] ?? 60) },
  );
  expect(seen.before).toBeGreaterThan(0);
  expect(seen.after).toBeGreaterThan(0);
});

function leftovers(disk: SimulatedFileSystem): string[] {
  const journal = `${ROOT}/.openkb/journal`;
  return disk.stat(journal) === undefined ? [] : disk.list(journal);
}

const sorted = (files: Files) => Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
