import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  decodeRegistry,
  encodeRegistry,
  nameOf,
  register,
} from '../../src/knowledge-base/registry.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('the file has the bytes that Python writes: two spaces, ASCII, entries in their order', () => {
  const python = `{
  "bb": {
    "name": "Z\\u00fcrich \\ud83d\\ude00.pdf",
    "doc_name": "Z\\u00fcrich",
    "type": "long_pdf",
    "doc_id": "x-1",
    "unknown": [
      1,
      {
        "deep": null
      }
    ]
  },
  "aa": {
    "name": "old.md",
    "type": "md"
  }
}`;
  expect(text(encodeRegistry(decodeRegistry(python)))).toBe(python);
});

test('no file is an empty registry, and an empty one is two braces', () => {
  expect(decodeRegistry(undefined).size).toBe(0);
  expect(text(encodeRegistry(new Map()))).toBe('{}');
});

test.each([
  ['', 'it is no JSON'],
  ['{"a": {', 'it is no JSON'],
  ['[]', 'it holds no JSON object'],
  ['null', 'it holds no JSON object'],
  ['{"a": 1}', 'its entry "a" is no object'],
  ['{"a": {"name": 7}}', '"name" of its entry "a" is no text'],
  ['{"a": {"raw_path": ["raw/a.md"]}}', '"raw_path" of its entry "a" is no text'],
])('a damaged file %j is an error that says why and what to do', (bytes, why) => {
  expect(() => decodeRegistry(bytes)).toThrow(
    expect.objectContaining({
      code: 'registry-damaged',
      message: expect.stringContaining(why),
      hint: expect.stringContaining('backup'),
    }),
  );
});

test('a new entry goes to the end, a changed one to the place of the one it replaces', () => {
  const registry = decodeRegistry('{"a": {"name": "a"}, "b": {"name": "b"}, "c": {"name": "c"}}');
  const entry = { name: 'x' };
  expect([...register(registry, ['d', entry]).keys()]).toEqual(['a', 'b', 'c', 'd']);
  expect([...register(registry, ['d', entry], 'b').keys()]).toEqual(['a', 'd', 'c']);
  expect([...register(registry, ['b', entry], 'b')]).toEqual([
    ['a', { name: 'a' }],
    ['b', entry],
    ['c', { name: 'c' }],
  ]);
  expect([...register(registry, ['c', entry], 'a').keys()]).toEqual(['c', 'b']);
});

test('entries that are not touched keep every byte, whatever keys they have', () => {
  const entries = fc.dictionary(
    fc.stringMatching(/^[0-9a-f]{64}$/),
    fc.dictionary(
      // the keys that are known hold texts
      fc.string().filter((key) => !/^(?:\d+|__proto__|name|type|path|\w+_\w+)$/.test(key)),
      fc.jsonValue(),
    ),
    { maxKeys: 5 },
  );
  fc.assert(
    fc.property(entries, (value) => {
      const before = JSON.stringify(value, null, 2);
      const added = register(decodeRegistry(before), ['new', { name: 'n' }]);
      const after = JSON.parse(text(encodeRegistry(added))) as Record<string, unknown>;
      expect(JSON.stringify({ ...(JSON.parse(before) as object), new: { name: 'n' } })).toBe(
        JSON.stringify(after),
      );
      expect(encodeRegistry(added).every((byte) => byte < 0x7f)).toBe(true);
    }),
  );
});

test('an entry whose texts are null is one without them, and keeps them', () => {
  const python =
    '{\n  "a": {\n    "name": "Old.md",\n    "doc_name": null,\n    "raw_path": null\n  },\n  "b": {\n    "name": null\n  }\n}';
  const registry = decodeRegistry(python);
  expect([...registry.values()].map(nameOf)).toEqual(['Old', '']);
  expect(text(encodeRegistry(registry))).toBe(python);
});
