/** An open file of the simulated file system: it holds the inode, whatever becomes of the name. */
import type { Content } from './content.ts';
import type { Core } from './core.ts';
import type { Disk } from './disk.ts';
import { sectorBytes } from './fates.ts';
import type { FileNode } from './inode.ts';
import type { FileHandle, FileStat, OpenFlag } from './port.ts';
import { systemError } from './system-error.ts';

export class SimulatedHandle implements FileHandle {
  readonly #core: Core;
  readonly #inode: number;
  readonly #path: string;
  readonly #flag: OpenFlag;
  #position = 0;
  #open = true;

  constructor(core: Core, inode: number, path: string, flag: OpenFlag) {
    this.#core = core;
    this.#inode = inode;
    this.#path = path;
    this.#flag = flag;
  }

  read(buffer: Uint8Array, position: number): number {
    this.#core.gate.enter('read', this.#path);
    this.#expect('read', this.#flag === 'read' || this.#flag === 'update');
    if (this.#isDirectory()) throw systemError('EISDIR', 'read');
    const bytes = this.#file()
      .content.view()
      .subarray(position, position + buffer.length);
    buffer.set(bytes);
    return bytes.length;
  }

  write(bytes: Uint8Array): number {
    const verdict = this.#core.gate.enter('write', this.#path, undefined, this.#half(bytes));
    this.#expect('write', this.#flag !== 'read');
    const wanted = verdict === 'half' ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
    const { content } = this.#file();
    const position = this.#flag === 'append' ? content.length : this.#position;
    const fits = Math.max(0, content.length + this.#core.free() - position);
    if (fits === 0 && wanted.length > 0) throw systemError('ENOSPC', 'write');
    const stored = wanted.subarray(0, Math.min(wanted.length, fits));
    this.#write(position, stored);
    this.#position = position + stored.length;
    return stored.length;
  }

  truncate(size: number): void {
    this.#core.gate.enter('truncate', this.#path);
    this.#expect('ftruncate', this.#flag !== 'read', 'EINVAL');
    const { content, lost } = this.#file();
    if (size - content.length > this.#core.free()) throw systemError('ENOSPC', 'ftruncate');
    this.#update(content.resize(size), lost !== undefined && lost.from < size ? lost : undefined);
  }

  setMode(mode: number): void {
    this.#core.gate.enter('setMode', this.#path);
    this.#expect('fchmod', true);
    const file = this.#file();
    const { content, lost } = file;
    const changed = { content, lost, mode: mode & 0o7777, modified: file.modified };
    this.#core.disk.update(this.#inode, changed);
  }

  stat(): FileStat {
    this.#core.gate.enter('fileStat', this.#path);
    this.#expect('fstat', true);
    return this.#core.stat(this.#inode);
  }

  sync(): void {
    try {
      const verdict = this.#core.gate.enter('sync', this.#path);
      this.#expect('fsync', true);
      if (verdict === 'lie') return;
      if (this.#isDirectory()) this.#core.disk.syncDirectory(this.#inode);
      else this.#core.disk.syncFile(this.#inode);
    } catch (error) {
      if (this.#open && (error as NodeJS.ErrnoException).syscall === 'fsync') {
        this.#core.disk.loseFile(this.#inode);
      }
      throw error;
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#core.gate.enter('close', this.#path);
    this.#open = false;
    this.#core.closed(this.#inode);
  }

  /** Stores the first half, by whole sectors, of a write that spans several. */
  #half(bytes: Uint8Array): ((disk: Disk) => void) | undefined {
    const size = Math.floor(bytes.length / 2 / sectorBytes) * sectorBytes;
    if (size === 0 || !this.#open) return undefined;
    return (disk) => {
      const { content, lost, mode, modified } = disk.file(this.#inode);
      const position = this.#flag === 'append' ? content.length : this.#position;
      const half = content.write(position, bytes.subarray(0, size));
      disk.update(this.#inode, { content: half, lost, mode, modified });
    };
  }

  #isDirectory(): boolean {
    return this.#core.disk.live.node(this.#inode).kind === 'directory';
  }

  #file(): FileNode {
    return this.#core.disk.file(this.#inode);
  }

  #write(position: number, bytes: Uint8Array): void {
    const { content, lost } = this.#file();
    const covers =
      lost !== undefined && position <= lost.from && position + bytes.length >= lost.to;
    this.#update(content.write(position, bytes), covers ? undefined : lost);
  }

  #update(content: Content, lost: FileNode['lost']): void {
    const { mode } = this.#file();
    const modified = this.#core.now();
    this.#core.disk.update(this.#inode, { content, lost, mode, modified });
  }

  #expect(syscall: string, allowed: boolean, code: 'EBADF' | 'EINVAL' = 'EBADF'): void {
    if (!this.#open) throw systemError('EBADF', syscall);
    if (!allowed) throw systemError(code, syscall);
  }
}
