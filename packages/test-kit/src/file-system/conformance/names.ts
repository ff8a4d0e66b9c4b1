/** Required of the calls that make, move, remove and list names. */
import type { ConformanceCase } from './case.ts';

export const nameCases: readonly ConformanceCase[] = [
  {
    name: 'list gives names of all kinds sorted by code unit',
    run({ fileSystem, root, at, put, expect }) {
      for (const name of ['b', 'a', 'B', '10', '9', '-', 'ä', '日本', '🧭', '.hidden', 'ﬁ']) {
        put(name, '');
      }
      fileSystem.makeDirectory(at('aa'));
      expect(fileSystem.list(root)).toEqual(
        ['-', '.hidden', '10', '9', 'B', 'a', 'aa', 'b', 'ä', '日本', '🧭', 'ﬁ'].toSorted(),
      );
    },
  },
  {
    name: 'long, short, odd and foreign names are kept as they are',
    run({ fileSystem, root, put, get, expect }) {
      const names = [
        'x',
        '\u00e9',
        'e\u0301',
        'a b',
        'tab\t',
        '...',
        'n'.repeat(255),
        '日'.repeat(85),
      ];
      for (const name of names) put(name, `in ${name}`);
      for (const name of names) expect(get(name)).toBe(`in ${name}`);
      expect(fileSystem.list(root)).toEqual(names.toSorted());
    },
  },
  {
    name: 'a name of more than 255 bytes is refused',
    run({ fileSystem, at, failure, expect }) {
      for (const name of ['n'.repeat(256), '日'.repeat(86)]) {
        const { code } = failure(() => fileSystem.open(at(name), 'create'));
        expect(code).toBe('ENAMETOOLONG');
        expect(failure(() => fileSystem.makeDirectory(at(name))).code).toBe('ENAMETOOLONG');
      }
    },
  },
  {
    name: 'stat tells kind, size and mode, and is undefined where there is nothing',
    run({ fileSystem, at, put, expect }) {
      put('file', 'hello');
      fileSystem.makeDirectory(at('directory'));
      expect(fileSystem.stat(at('file/below'))).toBeUndefined();
      const stat = fileSystem.stat(at('file'));
      expect(stat).toMatchObject({ kind: 'file', size: 5, links: 1 });
      expect(stat?.modified).toBeGreaterThan(1_600_000_000_000);
      const directory = fileSystem.stat(at('directory'));
      expect(directory?.kind).toBe('directory');
      expect(directory?.device).toBe(stat?.device);
      expect(directory?.inode).not.toBe(stat?.inode);
      expect(fileSystem.stat(at('none'))).toBeUndefined();
      expect(fileSystem.stat(at('none/below'))).toBeUndefined();
    },
  },
  {
    name: 'makeDirectory makes one directory with the mode that the umask leaves',
    run({ fileSystem, at, put, failure, expect, umask = process.umask() }) {
      fileSystem.makeDirectory(at('plain'));
      fileSystem.makeDirectory(at('private'), 0o750);
      expect(fileSystem.stat(at('plain'))?.mode).toBe(0o777 & ~umask);
      expect(fileSystem.stat(at('private'))?.mode).toBe(0o750 & ~umask);
      expect(fileSystem.list(at('plain'))).toEqual([]);
      put('file', '');
      const code = (name: string) => failure(() => fileSystem.makeDirectory(at(name)));
      for (const taken of ['plain', 'file']) {
        expect(code(taken)).toMatchObject({ code: 'EEXIST', syscall: 'mkdir', path: at(taken) });
      }
      expect(code('none/below').code).toBe('ENOENT');
      expect(code('file/below').code).toBe('ENOTDIR');
    },
  },
  {
    name: 'list refuses what is missing and what is no directory',
    run({ fileSystem, at, put, failure, expect }) {
      put('file', '');
      const path = at('none');
      expect(failure(() => fileSystem.list(path))).toMatchObject({ code: 'ENOENT', path });
      expect(failure(() => fileSystem.list(at('file')))).toMatchObject({
        code: 'ENOTDIR',
        syscall: 'scandir',
      });
    },
  },
  {
    name: 'rename replaces the file that is there and keeps inode and contents',
    run({ fileSystem, root, at, put, get, expect }) {
      put('new', 'new');
      put('page', 'old');
      const moved = fileSystem.stat(at('new'))?.inode;
      fileSystem.rename(at('new'), at('page'));
      expect(fileSystem.list(root)).toEqual(['page']);
      expect(get('page')).toBe('new');
      expect(fileSystem.stat(at('page'))).toMatchObject({ inode: moved, links: 1 });
    },
  },
  {
    name: 'rename onto a second name of the same file changes nothing',
    run({ fileSystem, root, at, put, expect }) {
      put('one', 'text');
      fileSystem.link(at('one'), at('two'));
      fileSystem.rename(at('one'), at('two'));
      fileSystem.rename(at('two'), at('two'));
      expect(fileSystem.list(root)).toEqual(['one', 'two']);
      expect(fileSystem.stat(at('one'))?.links).toBe(2);
    },
  },
  {
    name: 'rename moves a directory with what it holds, also over an empty one',
    run({ fileSystem, root, at, put, get, expect }) {
      fileSystem.makeDirectory(at('from'));
      put('from/page', 'text');
      fileSystem.makeDirectory(at('to'));
      fileSystem.rename(at('from'), at('to'));
      expect(fileSystem.list(root)).toEqual(['to']);
      expect(get('to/page')).toBe('text');
    },
  },
  {
    name: 'rename names both paths in its error and moves nothing then',
    run({ fileSystem, root, at, put, failure, expect }) {
      put('file', 'text');
      for (const name of ['empty', 'full']) fileSystem.makeDirectory(at(name));
      put('full/page', '');
      const rename = (from: string, to: string) =>
        failure(() => fileSystem.rename(at(from), at(to)));
      expect(rename('none', 'to')).toEqual({
        code: 'ENOENT',
        syscall: 'rename',
        path: at('none'),
        dest: at('to'),
      });
      expect(rename('file', 'none/below').code).toBe('ENOENT');
      expect(rename('file', 'file/below').code).toBe('ENOTDIR');
      expect(rename('file', 'empty').code).toBe('EISDIR');
      expect(rename('empty', 'file').code).toBe('ENOTDIR');
      expect(rename('empty', 'full').code).toBe('ENOTEMPTY');
      expect(rename('full', 'full/inside').code).toBe('EINVAL');
      expect(fileSystem.list(root)).toEqual(['empty', 'file', 'full']);
    },
  },
  {
    name: 'removeDirectory removes an empty directory and nothing else',
    run({ fileSystem, root, at, put, failure, expect }) {
      fileSystem.makeDirectory(at('directory'));
      put('directory/page', '');
      put('file', '');
      const code = (name: string) => failure(() => fileSystem.removeDirectory(at(name))).code;
      expect(code('directory')).toBe('ENOTEMPTY');
      expect(code('file')).toBe('ENOTDIR');
      expect(failure(() => fileSystem.removeDirectory(at('none')))).toMatchObject({
        code: 'ENOENT',
        syscall: 'rmdir',
        path: at('none'),
      });
      fileSystem.unlink(at('directory/page'));
      fileSystem.removeDirectory(at('directory'));
      expect(fileSystem.list(root)).toEqual(['file']);
    },
  },
  {
    name: 'syncDirectory takes directories only',
    run({ fileSystem, root, at, put, failure, expect }) {
      put('file', '');
      expect(() => fileSystem.syncDirectory(root)).not.toThrow();
      const path = at('none');
      expect(failure(() => fileSystem.syncDirectory(path))).toMatchObject({ code: 'ENOENT', path });
      expect(failure(() => fileSystem.syncDirectory(at('file'))).code).toBe('ENOTDIR');
    },
  },
];
