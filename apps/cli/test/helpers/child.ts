import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** How it ended; `code` is null after a signal. */
  readonly ended: Promise<{
    code: number | null;
    signal: NodeJS.Signals | null;
    out: string;
    err: string;
  }>;
}

/** Runs the built command as a process of its own, with an empty environment but for what is given. */
export function spawnCli(
  cwd: string,
  args: readonly string[],
  onOut?: (text: string) => void,
  environment: Readonly<Record<string, string>> = {},
): Child {
  const { PATH, OPENKB_TEST_CLI: cli } = process.env;
  if (cli === undefined) throw new Error('test/setup/build-cli.ts has not run');
  const child = spawn(process.execPath, [cli, ...args], { cwd, env: { PATH, ...environment } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    onOut?.(chunk.toString());
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out,
    err,
  }));
  return { process: child, ended };
}
