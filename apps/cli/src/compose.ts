/** The one place that builds real things: disk, locks, clock, random numbers, environment, network. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { errorCode, nodeFileSystem } from '@openkb/atomic-fs';
import { kernelLocks, type LockProvider } from '@openkb/journal';

import { CliError } from './errors.ts';
import type { Services, SourceFiles } from './services.ts';

/** Bytes of a source that are read at a time. */
const CHUNK = 1 << 20;

export function realServices(): Services {
  let locks: LockProvider | undefined;
  return {
    fileSystem: nodeFileSystem(),
    locks: () => (locks ??= findLocks()),
    sources: sourceFiles,
    realPath,
    clock: () => new Date(),
    randomId: () => randomBytes(8).toString('hex'),
    environment: process.env,
    workingDirectory: process.cwd(),
    extensions: async () => (await import('@openkb/converter')).supportedExtensions,
    convert: async (source, options) =>
      (await import('@openkb/converter')).convert(source, options),
    compiler: async () => (await import('@openkb/wiki-compiler')).extractiveCompiler(),
    detectModel: async () =>
      (await import('@openkb/language-model')).detectModel({ env: process.env, fetch }),
  };
}

function findLocks(): LockProvider {
  try {
    return kernelLocks();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('no-locks', `cannot protect a knowledge base from other processes: ${why}`, {
      hint: 'Install openkb again with its optional dependencies, or install flock (util-linux).',
      cause,
    });
  }
}

const sourceFiles: SourceFiles = {
  stat(path) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
    return { kind, size: stat.size };
  },
  list: (path) => readdirSync(path).toSorted(),
  *chunks(path) {
    const descriptor = openSync(path, 'r');
    try {
      for (;;) {
        const buffer = new Uint8Array(CHUNK);
        const length = readSync(descriptor, buffer, 0, CHUNK, null);
        if (length === 0) return;
        yield buffer.subarray(0, length);
      }
    } finally {
      closeSync(descriptor);
    }
  },
};

function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(absolute) === absolute) throw error;
    return join(realPath(dirname(absolute)), basename(absolute));
  }
}
