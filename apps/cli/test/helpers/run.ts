import { mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { realServices } from '../../src/compose.ts';
import { main } from '../../src/main.ts';
import type { Services } from '../../src/services.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Replace parts of the real services. */
  readonly services?: Partial<Services>;
  readonly signal?: AbortSignal;
  /** Told of each line that goes to standard output. */
  readonly onOut?: (line: string) => void;
}

/** Runs the command in this process on the real disk, with nothing of this machine's environment. */
export async function run(
  cwd: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, {
    io: {
      out(line) {
        out.push(line);
        options.onOut?.(line);
      },
      err: (line) => err.push(line),
    },
    services: { ...servicesIn(cwd), ...options.services },
    ...(options.signal && { signal: options.signal }),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** The real services as a process has them that was started in a directory. */
export function servicesIn(workingDirectory: string): Services {
  return {
    ...realServices(),
    environment: {},
    workingDirectory,
    detectModel: () => Promise.resolve({ model: 'extractive', from: 'nothing' }),
  };
}

/** A temporary directory that goes away with the test. */
export function temporaryDirectory(onTestFinished: (cleanup: () => Promise<void>) => void): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'openkb-cli-')));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
