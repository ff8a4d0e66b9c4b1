/** Required of `open` and of handles. */
import type { ConformanceCase } from './case.ts';

export const handleCases: readonly ConformanceCase[] = [
  {
    name: 'a created file is empty and has the mode that the umask leaves',
    run({ fileSystem, at, expect, umask = process.umask() }) {
      fileSystem.open(at('plain'), 'create').close();
      fileSystem.open(at('private'), 'create', 0o640).close();
      expect(fileSystem.stat(at('plain'))).toMatchObject({
        kind: 'file',
        size: 0,
        mode: 0o666 & ~umask,
        links: 1,
      });
      expect(fileSystem.stat(at('private'))?.mode).toBe(0o640 & ~umask);
    },
  },
  {
    name: 'writes follow each other from the beginning of a created file',
    run({ within, get, expect }) {
      within('file', 'create', (handle) => {
        expect(handle.write(Buffer.from('one '))).toBe(4);
        expect(handle.write(Buffer.from('two'))).toBe(3);
        expect(handle.stat()).toMatchObject({ kind: 'file', size: 7 });
      });
      expect(get('file')).toBe('one two');
    },
  },
  {
    name: 'append creates a file, and writes at its end whatever was cut or added since',
    run({ fileSystem, at, within, get, expect }) {
      within('log', 'append', (handle) => {
        handle.write(Buffer.from('one\n'));
        within('log', 'append', (other) => void other.write(Buffer.from('two\n')));
        handle.write(Buffer.from('three\n'));
        handle.truncate(8);
        handle.write(Buffer.from('four\n'));
      });
      expect(get('log')).toBe('one\ntwo\nfour\n');
      expect(fileSystem.stat(at('log'))?.size).toBe(13);
    },
  },
  {
    name: 'update overwrites from the beginning, keeps the rest and reads at any position',
    run({ put, within, get, expect }) {
      put('file', '0123456789');
      within('file', 'update', (handle) => {
        handle.write(Buffer.from('ab'));
        const buffer = new Uint8Array(4);
        expect(handle.read(buffer, 1)).toBe(4);
        expect(Buffer.from(buffer).toString()).toBe('b234');
        handle.write(Buffer.from('c'));
      });
      expect(get('file')).toBe('abc3456789');
    },
  },
  {
    name: 'read gives what there is, and 0 at and after the end',
    run({ put, within, expect }) {
      put('file', 'hello');
      within('file', 'read', (handle) => {
        const buffer = new Uint8Array(3);
        expect([handle.read(buffer, 0), handle.read(buffer, 3)]).toEqual([3, 2]);
        expect([handle.read(buffer, 5), handle.read(buffer, 500)]).toEqual([0, 0]);
        expect(Buffer.from(buffer).toString()).toBe('lol');
      });
    },
  },
  {
    name: 'truncate cuts and extends with zeros, and does not move the position',
    run({ within, get, expect }) {
      within('file', 'create', (handle) => {
        handle.write(Buffer.from('abcdef'));
        handle.truncate(2);
        handle.write(Buffer.from('x'));
        handle.truncate(9);
      });
      expect(get('file')).toBe('ab\0\0\0\0x\0\0');
    },
  },
  {
    name: 'setMode sets the bits whatever the umask, seen through every name',
    run({ fileSystem, at, put, within, expect }) {
      put('file', 'text');
      fileSystem.link(at('file'), at('other'));
      within('file', 'update', (handle) => {
        handle.setMode(0o606);
        expect(handle.stat().mode).toBe(0o606);
      });
      expect(fileSystem.stat(at('other'))?.mode).toBe(0o606);
    },
  },
  {
    name: 'what one handle writes another one reads at once',
    run({ put, within, expect }) {
      put('file', 'old');
      within('file', 'read', (reader) => {
        within('file', 'update', (writer) => void writer.write(Buffer.from('new')));
        const buffer = new Uint8Array(3);
        reader.read(buffer, 0);
        expect(Buffer.from(buffer).toString()).toBe('new');
      });
    },
  },
  {
    name: 'the buffer that was written belongs to the caller again',
    run({ within, get, expect }) {
      within('file', 'create', (handle) => {
        const buffer = Buffer.from('before');
        handle.write(buffer);
        buffer.fill('x');
      });
      expect(get('file')).toBe('before');
    },
  },
  {
    name: 'a file can be synced through any handle, and closed twice',
    run({ fileSystem, at, put, expect }) {
      put('file', 'text');
      for (const flag of ['read', 'append', 'update'] as const) {
        const handle = fileSystem.open(at('file'), flag);
        expect(() => handle.sync()).not.toThrow();
        handle.close();
        expect(() => handle.close()).not.toThrow();
      }
    },
  },
  {
    name: 'an empty write stores nothing and succeeds',
    run({ within, get, expect }) {
      within('file', 'create', (handle) => expect(handle.write(new Uint8Array(0))).toBe(0));
      expect(get('file')).toBe('');
    },
  },
  {
    name: 'a handle does only what it was opened for',
    run({ put, within, failure, expect }) {
      put('file', 'text');
      const buffer = new Uint8Array(4);
      const reading = { code: 'EBADF', syscall: 'read', path: undefined };
      within('file', 'read', (handle) => {
        expect(failure(() => handle.write(buffer))).toMatchObject({
          code: 'EBADF',
          syscall: 'write',
        });
        expect(failure(() => handle.truncate(0))).toMatchObject({
          code: 'EINVAL',
          syscall: 'ftruncate',
        });
      });
      within('file', 'append', (handle) => {
        expect(failure(() => handle.read(buffer, 0))).toMatchObject(reading);
      });
      within('fresh', 'create', (handle) => {
        expect(failure(() => handle.read(buffer, 0))).toMatchObject(reading);
      });
    },
  },
  {
    name: 'open names the path in its error: nothing there, something there, no directory',
    run({ fileSystem, at, put, failure, expect }) {
      put('file', 'text');
      const open = (name: string, flag: 'read' | 'create' | 'append' | 'update') =>
        failure(() => fileSystem.open(at(name), flag));
      for (const flag of ['read', 'update'] as const) {
        expect(open('none', flag)).toMatchObject({ code: 'ENOENT', path: at('none') });
      }
      expect(open('file', 'create')).toMatchObject({
        code: 'EEXIST',
        syscall: 'open',
        path: at('file'),
      });
      for (const flag of ['read', 'create', 'append', 'update'] as const) {
        expect(open('none/file', flag).code).toBe('ENOENT');
        expect(open('file/below', flag).code).toBe('ENOTDIR');
      }
    },
  },
  {
    name: 'a directory is no file to write, and none to read',
    run({ fileSystem, at, failure, expect }) {
      fileSystem.makeDirectory(at('directory'));
      for (const flag of ['append', 'update'] as const) {
        const { code } = failure(() => fileSystem.open(at('directory'), flag));
        expect(code).toBe('EISDIR');
      }
      expect(failure(() => fileSystem.open(at('directory'), 'create')).code).toBe('EEXIST');
      const handle = fileSystem.open(at('directory'), 'read');
      expect(handle.stat().kind).toBe('directory');
      expect(failure(() => handle.read(new Uint8Array(1), 0)).code).toBe('EISDIR');
      handle.close();
    },
  },
];
