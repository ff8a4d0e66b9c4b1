import type { FileSystem } from '@openkb/atomic-fs';
import { SimulatedFileSystem } from '@openkb/test-kit/file-system';
import { memoryLocks } from '@openkb/test-kit/locks';

import { realServices } from '../../src/compose.ts';
import { main } from '../../src/main.ts';
import type { Services, SourceFiles } from '../../src/services.ts';
import type { Ran } from './run.ts';

/** Where the simulated knowledge base is. */
export const ROOT = '/kb';

/** The lock's note for people may say anything; nothing depends on what is kept of older mutations, and cached. */
export const ignore = (path: string): boolean =>
  /^\/kb\/\.openkb\/(?:ingest\.lock\.info$|usage(?:-[\d-]+)?\.jsonl$|history(?:\/|$)|cache(?:\/|$))/.test(
    path,
  );

export interface SimulatedOptions {
  /** The user's files, by absolute path. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Keeps the random names of one process apart from those of another. */
  readonly process?: number;
  readonly services?: Partial<Services>;
}

/**
 * Runs the real command on a simulated disk, as one process: its locks end with it, its clock stands
 * still, its random numbers are counted.
 * @throws what a stopped disk throws
 */
export async function simulate(
  fileSystem: FileSystem,
  args: readonly string[],
  options: SimulatedOptions = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, {
    io: { out: (line) => out.push(line), err: (line) => err.push(line) },
    services: simulatedServices(fileSystem, options),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

export function simulatedServices(fileSystem: FileSystem, options: SimulatedOptions): Services {
  let ids = (options.process ?? 0) * 65_536;
  const locks = memoryLocks();
  return {
    ...realServices(),
    fileSystem,
    locks: () => locks,
    sources: memorySources(options.sources ?? {}),
    realPath: (path) => path,
    clock: () => new Date('2026-01-02T03:04:05Z'),
    randomId: () => (ids += 1).toString(16).padStart(8, '0'),
    environment: {},
    workingDirectory: '/',
    detectModel: () => Promise.resolve({ model: 'extractive', from: 'nothing' }),
    ...options.services,
  };
}

function memorySources(files: Readonly<Record<string, string>>): SourceFiles {
  const bytes = (path: string) => new TextEncoder().encode(files[path]);
  return {
    stat(path) {
      if (path in files) return { kind: 'file', size: bytes(path).length };
      const above = Object.keys(files).some((file) => file.startsWith(`${path}/`));
      return above || path === '/' ? { kind: 'directory', size: 0 } : undefined;
    },
    list: (path) => [
      ...new Set(
        Object.keys(files)
          .filter((file) => file.startsWith(`${path}/`))
          .map((file) => file.slice(path.length + 1).split('/')[0] ?? ''),
      ),
    ],
    chunks: (path) => [bytes(path)],
  };
}

/** A disk with a knowledge base to which these sources were added, all of it durable. */
export async function simulatedKnowledgeBase(
  sources: Readonly<Record<string, string>> = {},
  services: Partial<Services> = {},
): Promise<SimulatedFileSystem> {
  const fileSystem = new SimulatedFileSystem();
  const options = { sources, services, process: 1 };
  const made = await simulate(fileSystem, ['init', ROOT], options);
  if (made.code !== 0) throw new Error(made.err);
  if (Object.keys(sources).length > 0) {
    const added = await simulate(
      fileSystem,
      ['add', '--kb', ROOT, ...Object.keys(sources)],
      options,
    );
    if (added.code !== 0) throw new Error(added.err);
  }
  return fileSystem;
}
