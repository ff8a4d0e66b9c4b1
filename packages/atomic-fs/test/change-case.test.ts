/** The same steps on a disk that tells Foo from foo and on one that does not. */
import { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

import { changeCase, nameKey, readFile, writeNewFile } from '../src/index.ts';

const via = { via: '/via' };
const text = (disk: SimulatedFileSystem, path: string) =>
  Buffer.from(readFile(disk, path)).toString();

function pages(...names: string[]): (options: object) => SimulatedFileSystem {
  return (options) => {
    const disk = new SimulatedFileSystem(options);
    for (const name of names) writeNewFile(disk, `/${name}`, Buffer.from(name));
    return disk;
  };
}

test.each([
  ['tells them apart', {}],
  ['does not', { nameKey }],
])('a name changes its case only, on a disk that %s', (_, options) => {
  const disk = pages('Foo.md')(options);
  changeCase(disk, '/Foo.md', '/foo.md', via);
  expect(disk.list('/')).toEqual(['foo.md']);
  expect(text(disk, '/foo.md')).toBe('Foo.md');
});

test('another file by the new name stays, and the first one keeps its name', () => {
  const disk = pages('Foo.md', 'foo.md')({});
  expect(() => changeCase(disk, '/Foo.md', '/foo.md', via)).toThrow(
    expect.objectContaining({ code: 'EEXIST', path: '/foo.md' }),
  );
  expect(disk.list('/')).toEqual(['Foo.md', 'foo.md']);
  expect([text(disk, '/Foo.md'), text(disk, '/foo.md')]).toEqual(['Foo.md', 'foo.md']);
});

test('a file on the way is never written over', () => {
  const disk = pages('Foo.md', 'via')({ nameKey });
  expect(() => changeCase(disk, '/Foo.md', '/foo.md', via)).toThrow(/EEXIST: "\/via"/);
  expect(disk.list('/')).toEqual(['Foo.md', 'via']);
});

test('a second link by the new name is another name: both stay', () => {
  const disk = pages('Foo.md')({});
  disk.link('/Foo.md', '/foo.md');
  expect(() => changeCase(disk, '/Foo.md', '/foo.md', via)).toThrow(/EEXIST: "\/foo.md"/);
  expect(disk.list('/')).toEqual(['Foo.md', 'foo.md']);
});
