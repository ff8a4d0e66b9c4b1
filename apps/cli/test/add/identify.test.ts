import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { identify, registeredPath } from '../../src/add/identify.ts';
import type { Files } from '../../src/knowledge-base/files.ts';
import type { RegistryEntry } from '../../src/knowledge-base/registry.ts';

const digits = (path: string) => createHash('sha256').update(path).digest('hex').slice(0, 8);

const absent = () => ({ text: undefined, expect: 'absent' as const });

/** A knowledge base in which these paths are files. */
function filesWith(...paths: string[]): Files {
  const under = (directory: string) =>
    paths
      .filter((path) => path.startsWith(`${directory}/`))
      .map((path) => path.slice(directory.length + 1));
  return {
    root: '/kb',
    has: (path) => paths.includes(path),
    kind: () => undefined,
    bytes: () => undefined,
    text: absent,
    expectation: () => 'absent',
    names: under,
    facts: () => ({ paths: [], facts: () => undefined }),
  };
}

const source = (path: string, sha256 = 'new') => ({
  sha256,
  path,
  fileName: path.slice(path.lastIndexOf('/') + 1),
});
const registry = (entries: Record<string, RegistryEntry>) => new Map(Object.entries(entries));
const nothing = filesWith();

test.each([
  ['/d/My Report (v2).pdf', 'My-Report-v2'],
  ['/d/Größe.docx', 'Größe'],
  ['/d/###.pdf', 'document'],
  ['/d/….md', 'document'],
  ['/d/archive.tar.txt', 'archive-tar'],
])('S05 a new source %s is named %s', (path, name) => {
  expect(identify(source(path), new Map(), nothing)).toEqual({ name });
});

test('the same name from two directories: the second has the digits of its path', () => {
  const known = registry({ a: { doc_name: 'report', path: '/a/report.md' } });
  const path = '/b/report.pdf';
  expect(identify(source(path), known, nothing)).toEqual({ name: `report-${digits(path)}` });
});

test('names that differ in case only are one name', () => {
  const known = registry({ a: { doc_name: 'Report', path: '/a/Report.md' } });
  expect(identify(source('/b/report.md'), known, nothing).name).toBe(
    `report-${digits('/b/report.md')}`,
  );
});

test('a source keeps its name, also when its content has changed', () => {
  const entry = { name: 'r.md', doc_name: 'r-12345678', path: '/b/r.md' };
  const known = registry({ old: entry, x: { doc_name: 'r', path: '/a/r.md' } });
  expect(identify(source('/b/r.md'), known, nothing)).toEqual({
    name: 'r-12345678',
    previous: { sha256: 'old', entry },
  });
  expect(identify(source('/elsewhere/copy.md', 'old'), known, nothing).name).toBe('r-12345678');
});

test('an entry without a path is matched by its file name, and named by its stem', () => {
  const entry = { name: 'Old Notes.md', type: 'md' };
  const known = registry({ old: entry });
  expect(identify(source('/d/Old Notes.md'), known, nothing)).toEqual({
    name: 'Old Notes',
    previous: { sha256: 'old', entry },
  });
  expect(identify(source('/d/Old Notes.pdf'), known, nothing)).toEqual({ name: 'Old-Notes' });
});

test.each([
  'raw/x.md',
  'raw/X.md',
  'wiki/sources/x.md',
  'wiki/sources/x.json',
  'wiki/summaries/x.md',
])('a file "%s" that no document owns keeps its name for itself', (path) => {
  const found = identify(source('/d/x.md'), new Map(), filesWith(path));
  expect(found.name).toBe(`x-${digits('/d/x.md')}`);
});

test('an original that lies in raw/ unregistered takes its own name', () => {
  const files = filesWith('raw/x.md', 'wiki/summaries/x.md');
  expect(identify(source('raw/x.md'), new Map(), files)).toEqual({ name: 'x' });
});

test('the registered path is relative inside the knowledge base and absolute outside', () => {
  expect(registeredPath('/kb', '/kb/raw/a.md')).toBe('raw/a.md');
  expect(registeredPath('/kb', '/kb2/a.md')).toBe('/kb2/a.md');
  expect(registeredPath('/kb', '/a.md')).toBe('/a.md');
  expect(registeredPath('/kb', '/kb/..a/b.md')).toBe('..a/b.md');
});
