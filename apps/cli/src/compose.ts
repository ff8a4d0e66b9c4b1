/** The one place that builds real things: disk, locks, clock, random numbers, environment, network. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { errorCode, nodeFileSystem, type FileSystem } from '@openkb/atomic-fs';
import { kernelLocks, pidFileLocks, type LockProvider } from '@openkb/journal';

import { conversion } from './conversion.ts';
import { CliError, usageError } from './errors.ts';
import type { Installation, Services, SourceFiles } from './services.ts';
import { VERSION } from './version.ts';
import { watchDirectory } from './watch/directory-events.ts';

/** Bytes of a source that are read at a time. */
const CHUNK = 1 << 20;

export function realServices(): Services {
  let locks: LockProvider | undefined;
  const fileSystem = nodeFileSystem();
  return {
    fileSystem,
    locks: () => (locks ??= findLocks(fileSystem, process.env['OPENKB_LOCK'])),
    sources: sourceFiles,
    realPath,
    clock: () => new Date(),
    randomId,
    environment: process.env,
    workingDirectory: process.cwd(),
    extensions: async () => (await import('@openkb/converter')).supportedExtensions,
    convert: conversion(process.env),
    download: async (url, options) => {
      const { download, nodeHttp } = await import('@openkb/download');
      const http = nodeHttp({ proxy: proxyOf(process.env) });
      const userAgent = `openkb/${VERSION}`;
      return download(url, { http, clock, random: Math.random, userAgent, ...options });
    },
    input: (signal) => addAbortSignal(signal, process.stdin),
    compiler: async () => (await import('@openkb/wiki-compiler')).extractiveCompiler(),
    languageModel: async (options) => {
      const { createLanguageModel, patientFetch } = await import('@openkb/language-model');
      const patient = patientFetch({ proxy: proxyOf(process.env) });
      const random = Math.random;
      return {
        model: createLanguageModel({ ...options, fetch: patient.fetch, sleep: wait, random }),
        close: () => patient.close(),
      };
    },
    cloud: async (options) =>
      (await import('@openkb/pageindex-cloud')).createClient({
        ...options,
        fetch,
        clock,
        random: Math.random,
      }),
    installation,
    freeSpace,
    watchDirectory,
    showFile: async (path) => (await import('./visualize/show-file.ts')).showFile(path),
    detectModel: async () =>
      (await import('@openkb/language-model')).detectModel({ env: process.env, fetch }),
  };
}

const clock = {
  now: Date.now,
  sleep: (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    sleep(milliseconds, undefined, { signal }),
};

const wait = (ms: number, signal?: AbortSignal) =>
  sleep(ms, undefined, { ...(signal && { signal }) });

const proxyOf = (environment: Services['environment']) => ({
  http: environment['HTTP_PROXY'] ?? environment['http_proxy'],
  https: environment['HTTPS_PROXY'] ?? environment['https_proxy'],
  none: environment['NO_PROXY'] ?? environment['no_proxy'],
});

const randomId = (): string => randomBytes(8).toString('hex');

/**
 * @param chosen `OPENKB_LOCK`: pid files are for machines without a kernel lock, and never taken
 *   unasked, since they do not see a process that holds the kernel's lock
 */
function findLocks(fileSystem: FileSystem, chosen: string | undefined): LockProvider {
  if (chosen === 'pidfile') return pidFileLocks({ fileSystem, randomId });
  if (chosen !== undefined && chosen !== '' && chosen !== 'kernel')
    throw usageError(
      `cannot lock by "${chosen}" (OPENKB_LOCK): there is no such way`,
      'It is kernel (the default) or pidfile.',
    );
  try {
    return kernelLocks();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('no-locks', `cannot protect a knowledge base from other processes: ${why}`, {
      hint: 'Install openkb with its optional dependencies, or flock (util-linux); or set OPENKB_LOCK=pidfile for every process that uses the knowledge base.',
      cause,
    });
  }
}

/** What a WebAssembly module begins with. */
const WASM = Buffer.from('\0asm');

function installation(): Installation {
  const load = createRequire(import.meta.url);
  const readPdfium = (): void => {
    const path = load.resolve('@embedpdf/pdfium/pdfium.wasm');
    const [start = new Uint8Array()] = sourceFiles.chunks(path);
    if (!WASM.equals(start.subarray(0, WASM.length))) throw new Error(`"${path}" is damaged`);
  };
  return {
    node: process.versions.node,
    koffi: fault(() => load('koffi')),
    pdfium: fault(readPdfium),
  };
}

/** Why something does not work, in one line; `undefined`: it works. */
function fault(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0];
  }
}

function freeSpace(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return undefined;
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
