/** Random calls on a disk that fails at random, compared with a model that does each or does not. */
// oxlint-disable no-await-in-loop -- one call after the other
import { SimulatedFileSystem, type Fault } from '@openkb/test-kit/file-system';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  appendFile,
  errorCode,
  isTemporaryName,
  publishFile,
  readFile,
  removeLeftovers,
  replaceFile,
  replaceFromStream,
  replaceJson,
} from '../src/index.ts';

type Files = ReadonlyMap<string, string>;

interface Step {
  readonly kind: 'replace' | 'chunks' | 'stream' | 'json' | 'append' | 'publish';
  readonly name: string;
  readonly text: string;
  readonly fault: { readonly call: number; readonly fault: Fault; readonly always: boolean } | null;
}

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('replace', 'chunks', 'stream', 'json', 'append', 'publish'),
    name: fc.constantFrom('a', 'b', 'c'),
    text: fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.repeat(20)),
    fault: fc.option(
      fc.record({
        call: fc.integer({ min: 1, max: 9 }),
        fault: fc.constantFrom<Fault>('EIO', 'ENOSPC', 'EACCES', 'EMFILE', 'EROFS', 'short write'),
        always: fc.boolean(),
      }),
    ),
  }),
  { maxLength: 12 },
);

async function* inPieces(text: string) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

async function run(disk: SimulatedFileSystem, step: Step, id: string): Promise<unknown> {
  const path = `/home/${step.name}`;
  const { text } = step;
  if (step.kind === 'replace') return replaceFile(disk, path, text, { id });
  if (step.kind === 'chunks') {
    return replaceFile(disk, path, [Buffer.from(text), Buffer.from(text)], { id });
  }
  if (step.kind === 'stream') return replaceFromStream(disk, path, inPieces(text), { id });
  if (step.kind === 'json') return replaceJson(disk, path, text, { id });
  if (step.kind === 'append') return appendFile(disk, path, text);
  return publishFile(disk, '/mnt/staged', path, { id });
}

function apply(files: Files, { kind, name, text }: Step): Files {
  const content = {
    replace: text,
    chunks: text + text,
    stream: text,
    json: `${JSON.stringify(text)}\n`,
    append: (files.get(name) ?? '') + text,
    publish: `staged ${text}`,
  }[kind];
  return new Map(files).set(name, content);
}

function filesOf(disk: SimulatedFileSystem): Files {
  const names = disk.list('/home').filter((name) => !isTemporaryName(name));
  const text = (name: string) => Buffer.from(readFile(disk, `/home/${name}`)).toString();
  return new Map(names.map((name) => [name, text(name)]));
}

const sorted = (files: Files) => [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
const unknown = (error: unknown) =>
  errorCode(error) === 'outcome-unknown' || String(error).includes('fsync');

test('each call has happened or has not, as it said, whatever fails', async () => {
  let failed = 0;
  const property = fc.asyncProperty(steps, async (all) => {
    const disk = new SimulatedFileSystem({ devices: { '/mnt': 2 } });
    for (const path of ['/home', '/mnt']) disk.makeDirectory(path);
    let files: Files = new Map();
    for (const [n, step] of all.entries()) {
      replaceFile(disk, '/mnt/staged', `staged ${step.text}`, { id: `s${n}` });
      const { fault } = step;
      if (fault !== null) {
        const { call, always } = fault;
        disk.failAt(disk.calls.length + call, fault.fault, always ? 'always' : 'once');
      }
      let error: unknown;
      await run(disk, step, String(n)).catch((thrown: unknown) => {
        error = thrown ?? new Error('nothing was thrown');
      });
      disk.heal();
      if (error !== undefined) failed += 1;
      const before = sorted(files);
      const after = sorted(apply(files, step));
      const allowed = unknown(error) ? [before, after] : [error === undefined ? after : before];
      files = filesOf(disk);
      // an append that could not be taken back may have left a part of its bytes
      if (errorCode(error) === 'outcome-unknown') allowed.push(sorted(files));
      expect(allowed).toContainEqual(sorted(files));
      const left = removeLeftovers(disk, '/home');
      // where the cleaning fails too
      expect(fault?.always === true ? [] : left).toEqual([]);
      expect(disk.openHandles).toBe(0);
    }
    expect(sorted(filesOf(disk))).toEqual(sorted(files));
  });
  await fc.assert(property, { numRuns: 300 });
  expect(failed).toBeGreaterThan(300);
});
