import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  hashBytes,
  jsonText,
  nodeFileSystem,
  replaceFile,
  replaceFromStream,
  replaceJson,
  type FileSystem,
} from '../src/index.ts';

const disk = nodeFileSystem();
let home: string;
const at = (name: string) => join(home, name);
const text = (name: string) => readFileSync(at(name), 'utf8');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'openkb-replace-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function* failing() {
  yield Buffer.from('new');
  throw new Error('the source broke');
}

function noSpace(): never {
  throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
}

async function* broken() {
  yield Buffer.from('new');
  throw new Error('the connection broke');
}

test('chunks are joined in their order, and size and hash are told', () => {
  const chunks = ['one ', '', 'two'].map((part) => Buffer.from(part));
  expect(replaceFile(disk, at('f'), chunks, { id: '1' })).toEqual(
    hashBytes(Buffer.from('one two')),
  );
  expect(text('f')).toBe('one two');
});

test('chunks that fail leave the old file and no temporary one', () => {
  writeFileSync(at('f'), 'old');
  expect(() => replaceFile(disk, at('f'), failing(), { id: '1' })).toThrow('the source broke');
  expect(readdirSync(home)).toEqual(['f']);
  expect(text('f')).toBe('old');
});

test('names of every length and script that the disk takes are replaced, longer ones refused', () => {
  for (const name of ['x'.repeat(255), '日'.repeat(85), '👩‍👩‍👧', 'e\u0301', 'a. ', 'con']) {
    replaceFile(disk, at(name), name, { id: '1' });
    replaceFile(disk, at(name), `${name} again`, { id: '1' });
    expect(text(name)).toBe(`${name} again`);
  }
  expect(() => replaceFile(disk, at('x'.repeat(256)), '', { id: '1' })).toThrow(/ENAMETOOLONG/);
  expect(readdirSync(home)).toHaveLength(6);
});

test('a read-only file is replaced and stays read-only; a private one is never readable in between', () => {
  writeFileSync(at('read-only'), 'old');
  chmodSync(at('read-only'), 0o444);
  replaceFile(disk, at('read-only'), 'new', { id: '1' });
  expect(text('read-only')).toBe('new');
  expect(statSync(at('read-only')).mode & 0o777).toBe(0o444);
  writeFileSync(at('private'), 'old', { mode: 0o600 });
  const modes: number[] = [];
  const watched: FileSystem = {
    ...disk,
    open(path, flag, mode) {
      const handle = disk.open(path, flag, mode);
      const look = (bytes: Uint8Array) => {
        modes.push(handle.stat().mode & 0o777);
        return handle.write(bytes);
      };
      return { ...handle, write: look };
    },
  };
  replaceFile(watched, at('private'), 'new', { id: '1' });
  expect(modes).toEqual([0o600]);
  expect(statSync(at('private')).mode & 0o777).toBe(0o600);
});

test('a directory in the place of the file is an error, and stays', () => {
  mkdirSync(at('f'));
  expect(() => replaceFile(disk, at('f'), 'new', { id: '1' })).toThrow(/EISDIR/);
  expect(readdirSync(home)).toEqual(['f']);
  expect(statSync(at('f')).isDirectory()).toBe(true);
});

test('a stream reaches the disk chunk by chunk: none is asked for before the last one is written', async () => {
  const events: string[] = [];
  const watched: FileSystem = {
    ...disk,
    open(path, flag, mode) {
      const handle = disk.open(path, flag, mode);
      const write = (bytes: Uint8Array) => {
        events.push(`write ${bytes.length}`);
        return handle.write(bytes);
      };
      return { ...handle, write };
    },
  };
  const chunks = async function* () {
    // one buffer for all chunks, as readers have it that reuse theirs
    const buffer = Buffer.alloc(1000);
    for (const letter of ['a', 'b', 'c']) {
      events.push('asked');
      yield buffer.fill(letter);
    }
  };
  writeFileSync(at('f'), 'old', { mode: 0o640 });
  const digest = await replaceFromStream(watched, at('f'), chunks(), { id: '1' });
  const whole = Buffer.from('a'.repeat(1000) + 'b'.repeat(1000) + 'c'.repeat(1000));
  expect(digest).toEqual(hashBytes(whole));
  expect(text('f')).toBe(whole.toString());
  expect(statSync(at('f')).mode & 0o777).toBe(0o640);
  expect(events).toEqual(['a', 'b', 'c'].flatMap(() => ['asked', 'write 1000']));
  expect(readdirSync(home)).toEqual(['f']);
});

test('a reader sees the old file until the stream has ended', async () => {
  writeFileSync(at('f'), 'old');
  const seen: string[] = [];
  const chunks = async function* () {
    for (const part of ['n', 'e', 'w']) {
      yield Buffer.from(part);
      seen.push(text('f'));
    }
  };
  await replaceFromStream(disk, at('f'), chunks(), { id: '1' });
  expect(seen).toEqual(['old', 'old', 'old']);
  expect(text('f')).toBe('new');
});

test('a stream that breaks, is aborted or is no bytes leaves the old file and no temporary one', async () => {
  writeFileSync(at('f'), 'old');
  const words: AsyncIterable<Uint8Array> = Readable.from(['words']);
  const aborted: AsyncIterable<Uint8Array> = Readable.from([Buffer.from('new')], {
    signal: AbortSignal.abort(),
  });
  const replace = (chunks: AsyncIterable<Uint8Array>) =>
    replaceFromStream(disk, at('f'), chunks, { id: '1' });
  await expect(replace(broken())).rejects.toThrow('the connection broke');
  await expect(replace(words)).rejects.toThrow('is a string instead of bytes');
  await expect(replace(aborted)).rejects.toThrow(/abort/);
  expect(readdirSync(home)).toEqual(['f']);
  expect(text('f')).toBe('old');
});

test('a stream is closed when the disk takes no more of it', async () => {
  let closed = false;
  const chunks = async function* () {
    try {
      for (;;) yield Buffer.from('more');
    } finally {
      closed = true;
    }
  };
  const full: FileSystem = {
    ...disk,
    open(path, flag, mode) {
      return { ...disk.open(path, flag, mode), write: noSpace };
    },
  };
  await expect(replaceFromStream(full, at('f'), chunks(), { id: '1' })).rejects.toThrow('ENOSPC');
  expect(closed).toBe(true);
  expect(readdirSync(home)).toEqual([]);
});

test('a Node stream and a web stream are streams of bytes too', async () => {
  await replaceFromStream(disk, at('node'), Readable.from([Buffer.from('node')]), { id: '1' });
  await replaceFromStream(disk, at('web'), new Blob(['web']).stream(), { id: '1' });
  expect([text('node'), text('web')]).toEqual(['node', 'web']);
});

test('JSON text depends on the value alone', () => {
  const one = { b: [1, { d: null, c: 'é' }], a: true, __proto__x: 0, 10: 0, 9: 0 };
  const other = { 9: 0, 10: 0, __proto__x: 0, a: true, b: [1, { c: 'é', d: null }] };
  expect(replaceJson(disk, at('f'), one, { id: '1' })).toEqual(
    replaceJson(disk, at('g'), other, { id: '1' }),
  );
  expect(text('f')).toBe(
    '{\n  "9": 0,\n  "10": 0,\n  "__proto__x": 0,\n  "a": true,\n  "b": [\n    1,\n    {\n      "c": "é",\n      "d": null\n    }\n  ]\n}\n',
  );
});

test.each([[undefined], [() => 0], [Number.NaN], [{ deep: [Infinity] }], [1n]])(
  'what JSON has no word for is refused and the old file stays: %s',
  (value) => {
    writeFileSync(at('f'), 'old');
    expect(() => replaceJson(disk, at('f'), value, { id: '1' })).toThrow(TypeError);
    expect(text('f')).toBe('old');
  },
);

test('every JSON value is read back as it was, and its text is the same the second time', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const once = jsonText(value);
      const back: unknown = JSON.parse(once);
      expect(back).toEqual(JSON.parse(JSON.stringify(value)));
      expect(jsonText(back)).toBe(once);
      expect(once.endsWith('\n')).toBe(true);
    }),
  );
});
