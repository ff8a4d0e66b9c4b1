/** Required of files with several names, without a name, and behind symbolic links. */
import type { ConformanceCase } from './case.ts';

export const linkCases: readonly ConformanceCase[] = [
  {
    name: 'link gives a file a second name: one inode, two links, one content',
    run({ fileSystem, at, put, get, within, expect }) {
      put('one', 'old');
      fileSystem.link(at('one'), at('two'));
      const one = fileSystem.stat(at('one'));
      expect(fileSystem.stat(at('two'))).toEqual(one);
      expect(one?.links).toBe(2);
      within('one', 'update', (handle) => void handle.write(Buffer.from('new')));
      expect(get('two')).toBe('new');
      fileSystem.unlink(at('one'));
      expect(fileSystem.stat(at('two'))?.links).toBe(1);
    },
  },
  {
    name: 'replacing one name of a file leaves the other with the old content',
    run({ fileSystem, at, put, get, expect }) {
      put('page', 'old');
      fileSystem.link(at('page'), at('saved'));
      put('new', 'new');
      fileSystem.rename(at('new'), at('page'));
      expect([get('page'), get('saved')]).toEqual(['new', 'old']);
      expect(fileSystem.stat(at('saved'))?.links).toBe(1);
    },
  },
  {
    name: 'link names both paths in its error and replaces nothing',
    run({ fileSystem, at, put, get, failure, expect }) {
      put('one', 'one');
      put('two', 'two');
      fileSystem.makeDirectory(at('directory'));
      const link = (from: string, to: string) => failure(() => fileSystem.link(at(from), at(to)));
      expect(link('one', 'two')).toEqual({
        code: 'EEXIST',
        syscall: 'link',
        path: at('one'),
        dest: at('two'),
      });
      expect(link('one', 'directory').code).toBe('EEXIST');
      expect(link('none', 'three').code).toBe('ENOENT');
      expect(link('one', 'none/three').code).toBe('ENOENT');
      expect(link('one', 'two/three').code).toBe('ENOTDIR');
      expect(link('directory', 'three').code).toBe('EPERM');
      expect(get('two')).toBe('two');
    },
  },
  {
    name: 'unlink removes a name, and no directory',
    run({ fileSystem, root, at, put, failure, expect }) {
      put('file', '');
      fileSystem.makeDirectory(at('directory'));
      fileSystem.unlink(at('file'));
      expect(fileSystem.list(root)).toEqual(['directory']);
      expect(failure(() => fileSystem.unlink(at('file')))).toMatchObject({
        code: 'ENOENT',
        syscall: 'unlink',
        path: at('file'),
      });
      expect(['EISDIR', 'EPERM']).toContain(failure(() => fileSystem.unlink(at('directory'))).code);
    },
  },
  {
    name: 'an open file that lost its name is read and written on, apart from its successor',
    run({ fileSystem, at, put, get, within, expect }) {
      put('file', 'first');
      within('file', 'update', (handle) => {
        fileSystem.unlink(at('file'));
        put('file', 'second');
        handle.write(Buffer.from('FI'));
        const buffer = new Uint8Array(5);
        expect(handle.read(buffer, 0)).toBe(5);
        expect(Buffer.from(buffer).toString()).toBe('FIrst');
        expect(handle.stat()).toMatchObject({ links: 0, size: 5 });
      });
      expect(get('file')).toBe('second');
    },
  },
  {
    name: 'a handle stays with its file when the name moves',
    run({ fileSystem, at, put, get, within, expect }) {
      put('old', '');
      within('old', 'append', (handle) => {
        fileSystem.rename(at('old'), at('new'));
        handle.write(Buffer.from('text'));
      });
      expect(get('new')).toBe('text');
    },
  },
  {
    name: 'a symbolic link at the path itself is never followed',
    needsSymlinks: true,
    run({ fileSystem, root, at, put, get, link, failure, expect }) {
      put('file', 'text');
      fileSystem.makeDirectory(at('directory'));
      link(at('file'), at('to-file'));
      link(at('directory'), at('to-directory'));
      link(at('nowhere'), at('dangling'));
      for (const name of ['to-file', 'to-directory', 'dangling']) {
        expect(fileSystem.stat(at(name))?.kind).toBe('symlink');
        for (const flag of ['read', 'append', 'update'] as const) {
          expect(failure(() => fileSystem.open(at(name), flag)).code).toBe('ELOOP');
        }
        expect(failure(() => fileSystem.open(at(name), 'create')).code).toBe('EEXIST');
        expect(failure(() => fileSystem.makeDirectory(at(name))).code).toBe('EEXIST');
        expect(failure(() => fileSystem.removeDirectory(at(name))).code).toBe('ENOTDIR');
      }
      fileSystem.rename(at('to-file'), at('moved'));
      expect(fileSystem.stat(at('moved'))?.kind).toBe('symlink');
      for (const name of ['moved', 'to-directory', 'dangling']) fileSystem.unlink(at(name));
      expect(fileSystem.list(root)).toEqual(['directory', 'file']);
      expect(get('file')).toBe('text');
    },
  },
  {
    name: 'list and syncDirectory refuse a symbolic link to a directory',
    needsSymlinks: true,
    run({ fileSystem, at, link, failure, expect }) {
      fileSystem.makeDirectory(at('directory'));
      link(at('directory'), at('link'));
      expect(['ENOTDIR', 'ELOOP']).toContain(failure(() => fileSystem.list(at('link'))).code);
      expect(['ENOTDIR', 'ELOOP']).toContain(
        failure(() => fileSystem.syncDirectory(at('link'))).code,
      );
    },
  },
  {
    name: 'symbolic links in the middle of a path are followed, absolute and relative ones',
    needsSymlinks: true,
    run({ fileSystem, at, put, get, link, failure, expect }) {
      for (const name of ['a', 'a/b', 'c']) fileSystem.makeDirectory(at(name));
      put('a/b/page', 'text');
      link(at('a'), at('absolute'));
      link('../a/b', at('c/relative'));
      link('absolute', at('twice'));
      expect(get('absolute/b/page')).toBe('text');
      expect(get('c/relative/page')).toBe('text');
      expect(get('twice/b/page')).toBe('text');
      fileSystem.rename(at('c/relative/page'), at('absolute/page'));
      expect(get('a/page')).toBe('text');
      link('loop', at('loop'));
      expect(failure(() => fileSystem.stat(at('loop/page'))).code).toBe('ELOOP');
    },
  },
];
