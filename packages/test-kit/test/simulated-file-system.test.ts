/** What only the simulation has besides power cuts: crashes, faults, limits. */
import { describe, expect, test } from 'vitest';

import { SimulatedCrash } from '../src/file-system/index.ts';
import type { Fault } from '../src/file-system/index.ts';
import { disk, text, write } from './disk.ts';

describe('crashes and faults', () => {
  test('a process that died does nothing any more, in its handlers neither', () => {
    const fs = disk();
    fs.crashAt(2);
    const handle = fs.open('/kb/new', 'create');
    expect(() => handle.write(Buffer.from('x'))).toThrow(SimulatedCrash);
    expect(() => handle.close()).toThrow(SimulatedCrash);
    expect(() => fs.unlink('/kb/new')).toThrow(SimulatedCrash);
    expect(() => fs.list('/kb')).toThrow(SimulatedCrash);
    expect(fs.killImage().list('/kb')).toEqual(['new', 'page']);
  });

  test('calls are counted and logged, steps apart', () => {
    const fs = disk();
    fs.stat('/kb/page');
    fs.rename('/kb/page', '/kb/other');
    fs.syncDirectory('/kb');
    expect([fs.steps, fs.syncs]).toEqual([2, 1]);
    expect(fs.calls).toEqual([
      { call: 1, step: undefined, name: 'stat', path: '/kb/page', to: undefined },
      { call: 2, step: 1, name: 'rename', path: '/kb/page', to: '/kb/other' },
      { call: 3, step: 2, name: 'syncDirectory', path: '/kb', to: undefined },
    ]);
  });

  test.each<[Fault, 'once' | 'always', number]>([
    ['EIO', 'once', 1],
    ['EIO', 'always', 3],
    ['EACCES', 'once', 1],
  ])(
    '%s %s befalls the call it is planned for and changes nothing',
    (fault, duration, failures) => {
      const fs = disk();
      fs.failAt(2, fault, duration);
      fs.stat('/kb/page');
      const errors = ['a', 'b', 'c'].flatMap((name) => {
        try {
          fs.link('/kb/page', `/kb/${name}`);
          return [];
        } catch (error) {
          return [error];
        }
      });
      const expected = { code: fault, syscall: 'link', path: '/kb/page' };
      expect(errors).toEqual(errors.map(() => expect.objectContaining(expected)));
      expect([errors.length, fs.injected]).toEqual([failures, failures]);
      fs.heal();
      expect(fs.list('/kb').length).toBe(4 - failures);
      expect(() => fs.link('/kb/page', '/kb/d')).not.toThrow();
    },
  );

  test('a fault waits for a call that it can befall, and that the predicate wants', () => {
    const fs = disk();
    fs.failAt(1, 'EXDEV', 'once', ({ to }) => to === '/kb/second');
    fs.link('/kb/page', '/kb/first');
    expect(() => fs.link('/kb/page', '/kb/second')).toThrow('EXDEV');
  });

  test('a short write stores half and says so', () => {
    const fs = disk();
    fs.failAt(1, 'short write');
    const handle = fs.open('/kb/new', 'create');
    expect(handle.write(Buffer.from('12345678'))).toBe(4);
    expect(handle.write(Buffer.from('5678'))).toBe(4);
    expect(text(fs, '/kb/new')).toBe('12345678');
  });
});

describe('limits', () => {
  test('a full disk takes what fits, then ENOSPC; links and renames still work', () => {
    const fs = disk({ capacity: 10 });
    const handle = fs.open('/kb/new', 'create');
    expect(handle.write(Buffer.from('1234567890'))).toBe(7);
    expect(() => handle.write(Buffer.from('8'))).toThrow('ENOSPC');
    expect(() => handle.truncate(8)).toThrow('ENOSPC');
    fs.link('/kb/page', '/kb/saved');
    fs.rename('/kb/new', '/kb/page');
    handle.close();
    expect(text(fs, '/kb/page')).toBe('1234567');
    fs.unlink('/kb/saved');
    write(fs, '/kb/more', '123');
    expect(text(fs, '/kb/more')).toBe('123');
  });

  test('handles, hard links and their number are limited', () => {
    const files = disk({ maxOpen: 1 });
    const handle = files.open('/kb/page', 'read');
    expect(() => files.open('/kb/page', 'read')).toThrow('EMFILE');
    expect(() => files.open('/kb/new', 'create')).toThrow('EMFILE');
    expect(files.stat('/kb/new')).toBeUndefined();
    handle.close();
    files.open('/kb/page', 'read').close();
    expect(() => disk({ hardLinks: false }).link('/kb/page', '/kb/two')).toThrow('EPERM');
    const links = disk({ maxLinks: 2 });
    links.link('/kb/page', '/kb/two');
    expect(() => links.link('/kb/page', '/kb/three')).toThrow('EMLINK');
  });

  test('another device takes no links and no renames', () => {
    const fs = disk({ devices: { '/kb/mounted': 2 } });
    fs.makeDirectory('/kb/mounted');
    fs.makeDirectory('/kb/mounted/below');
    write(fs, '/kb/mounted/below/file', 'text');
    expect(fs.stat('/kb/mounted/below/file')?.device).toBe(2);
    for (const call of ['link', 'rename'] as const) {
      expect(() => fs[call]('/kb/page', '/kb/mounted/below/page')).toThrow('EXDEV');
      expect(() => fs[call]('/kb/mounted/below/file', '/kb/file')).toThrow('EXDEV');
    }
    fs.rename('/kb/mounted/below/file', '/kb/mounted/file');
    expect(text(fs, '/kb/mounted/file')).toBe('text');
  });

  test('where case does not count, two spellings are one name and a rename respells it', () => {
    const fs = disk({ nameKey: (name) => name.normalize('NFC').toLowerCase() });
    expect(text(fs, '/KB/Page')).toBe('old');
    expect(() => fs.open('/kb/PAGE', 'create')).toThrow('EEXIST');
    fs.rename('/kb/page', '/kb/Page');
    expect(fs.list('/kb')).toEqual(['Page']);
    const spellings = [...fs.crashImages()].map((each) => each.fileSystem.list('/kb').join());
    expect(spellings.toSorted()).toEqual(['Page', 'page']);
    fs.makeDirectory('/kb/\u00e9');
    expect(fs.stat('/kb/e\u0301')?.kind).toBe('directory');
  });

  test('relative paths are a mistake of the caller', () => {
    expect(() => disk().list('kb')).toThrow(TypeError);
    expect(() => disk().list('/k\0b')).toThrow(TypeError);
  });
});
