/** Laws of the two images, over random histories. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fingerprint } from '../src/file-system/fingerprint.ts';
import { SimulatedFileSystem, populate, snapshotTree } from '../src/file-system/index.ts';
import type { OrderModel } from '../src/file-system/index.ts';
import { readAll } from '../src/file-system/tree.ts';

const names = ['a', 'b', 'c', 'd'] as const;
const name = fc.constantFrom(...names);

type Step =
  | { readonly kind: 'write'; readonly name: string; readonly text: string }
  | { readonly kind: 'sync'; readonly name: string }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'link'; readonly name: string; readonly to: string }
  | { readonly kind: 'syncDirectory' };

const kinds = <Kind extends Step['kind']>(...some: Kind[]): fc.Arbitrary<Kind> =>
  fc.constantFrom(...some);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: kinds('write'), name, text: fc.string({ maxLength: 8 }) }),
  fc.record({ kind: kinds('sync', 'unlink'), name }),
  fc.record({ kind: kinds('rename', 'link'), name, to: name }),
  fc.record({ kind: kinds('syncDirectory') }),
);
const history = fc.array(step, { maxLength: 25, size: 'max' });

/** Names to files, as a process sees them and as they are durable: the laws once more, naively. */
class Oracle {
  live = new Map<string, { now: string; durable: string }>();
  durable = new Map(this.live);

  run(one: Step): void {
    if (one.kind === 'syncDirectory') {
      this.durable = new Map(this.live);
      return;
    }
    const file = this.live.get(one.name);
    if (one.kind === 'write') {
      if (file === undefined) this.live.set(one.name, { now: one.text, durable: '' });
      else file.now += one.text;
    } else if (file === undefined) return;
    else if (one.kind === 'sync') file.durable = file.now;
    else if (one.kind === 'unlink') this.live.delete(one.name);
    else if (one.kind === 'link') {
      if (!this.live.has(one.to)) this.live.set(one.to, file);
    } else if (one.kind === 'rename' && this.live.get(one.to) !== file) {
      this.live.set(one.to, file);
      this.live.delete(one.name);
    }
  }

  lost(): string {
    return JSON.stringify(names.map((each) => this.durable.get(each)?.durable ?? null));
  }

  kept(): string {
    return JSON.stringify(names.map((each) => this.live.get(each)?.now ?? null));
  }
}

function run(fs: SimulatedFileSystem, one: Step): void {
  if (one.kind === 'syncDirectory') {
    fs.syncDirectory('/kb');
    return;
  }
  const path = `/kb/${one.name}`;
  if (fs.stat(path) === undefined && one.kind !== 'write') return;
  if (one.kind === 'unlink') fs.unlink(path);
  else if (one.kind === 'rename') fs.rename(path, `/kb/${one.to}`);
  else if (one.kind === 'link') {
    if (fs.stat(`/kb/${one.to}`) === undefined) fs.link(path, `/kb/${one.to}`);
  } else {
    const handle = fs.open(path, 'append');
    if ('text' in one) handle.write(Buffer.from(one.text, 'latin1'));
    else handle.sync();
    handle.close();
  }
}

function fresh(model: OrderModel = 'weak'): SimulatedFileSystem {
  const fs = new SimulatedFileSystem({ model });
  populate(fs, { '/kb': null });
  return fs;
}

function seen(fs: SimulatedFileSystem): string {
  const read = (each: string): string | null =>
    fs.stat(`/kb/${each}`) === undefined
      ? null
      : Buffer.from(readAll(fs, `/kb/${each}`)).toString('latin1');
  return JSON.stringify(names.map(read));
}

test('a power cut may lose all that was not synced, or nothing', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const fs = fresh();
      const oracle = new Oracle();
      for (const one of steps) {
        run(fs, one);
        oracle.run(one);
      }
      expect(seen(fs)).toBe(oracle.kept());
      const found = new Set([...fs.crashImages({ random: 2 })].map((cut) => seen(cut.fileSystem)));
      expect([...found]).toEqual(expect.arrayContaining([oracle.lost(), oracle.kept()]));
    }),
    { numRuns: 200 },
  );
});

test.each(['weak', 'journalling'] as const)(
  'after an orderly unmount there is one image, what was seen, in the %s model',
  (model) => {
    fc.assert(
      fc.property(history, (steps) => {
        const fs = fresh(model);
        for (const one of steps) run(fs, one);
        const before = seen(fs);
        fs.settle();
        const images = [...fs.crashImages()];
        expect(images.map((cut) => seen(cut.fileSystem))).toEqual([before]);
      }),
      { numRuns: 60 },
    );
  },
);

test('every image of the journalling model is one of the weak model', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      const [journalling, weak] = (['journalling', 'weak'] as const).map((model) => {
        const fs = fresh(model);
        for (const one of steps) run(fs, one);
        return new Set([...fs.crashImages({ random: 0 })].map((cut) => seen(cut.fileSystem)));
      });
      // the weak model has few enough pending names here that it tries every subset
      for (const image of journalling ?? []) expect([...(weak ?? [])]).toContain(image);
    }),
    { numRuns: 150 },
  );
});

function prints(fs: SimulatedFileSystem): number[] {
  return [...fs.crashImages()].map((cut) => cut.fingerprint);
}

test('a copy and its original do not touch each other, durable images included', () => {
  fc.assert(
    fc.property(history, history, history, (first, one, other) => {
      const original = fresh();
      for (const each of first) run(original, each);
      const twin = original.clone();
      const before = prints(original);
      for (const each of one) run(twin, each);
      expect(prints(original)).toEqual(before);
      const changed = prints(twin);
      for (const each of other) run(original, each);
      expect(prints(twin)).toEqual(changed);
    }),
    { numRuns: 80 },
  );
});

test('images have the same fingerprint exactly when nothing tells them apart', () => {
  const facts = new Map<number, string>();
  let images = 0;
  fc.assert(
    fc.property(history, (steps) => {
      const fs = fresh();
      for (const one of steps) {
        run(fs, one);
        for (const { fileSystem } of fs.crashImages({ random: 2 })) {
          const tree = snapshotTree(fileSystem, '/');
          const all = [...tree].map(([path, entry]) => [path, entry, fileSystem.stat(path)]);
          // the number of names follows from the inodes
          const text = JSON.stringify(all, (key, value: unknown) =>
            key === 'links' ? undefined : value,
          );
          const print = fingerprint(fileSystem.disk.live);
          expect(facts.get(print) ?? text).toBe(text);
          facts.set(print, text);
          images += 1;
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(images).toBeGreaterThan(facts.size);
  expect(new Set(facts.values()).size).toBe(facts.size);
});
