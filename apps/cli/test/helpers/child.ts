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

/** Signals that a process sends itself at a point of its work. */
export interface SelfSignals {
  /** What it has told by then; without it the point counts from the start. */
  readonly after?: string;
  /** Calls that change the disk from there on; none without it. */
  readonly calls?: number;
  readonly signals: readonly NodeJS.Signals[];
}

const PRELOAD = new URL('signal-itself.mjs', import.meta.url).href;

/** How many calls that change the disk the built command makes, undisturbed. */
export async function countCalls(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const itself = { calls: Number.MAX_SAFE_INTEGER, signals: [] };
  const { code, err } = await spawnCli(cwd, args, undefined, environment, itself).ended;
  const calls = Number(/^changing calls: (\d+)$/m.exec(err)?.[1]);
  if (code !== 0 || !(calls > 0)) throw new Error(`it ended with ${code}: ${err}`);
  return calls;
}

/** Runs the built command as a process of its own, with an empty environment but for what is given. */
export function spawnCli(
  cwd: string,
  args: readonly string[],
  onOut?: (text: string) => void,
  environment: Readonly<Record<string, string>> = {},
  itself?: SelfSignals,
): Child {
  const { PATH, OPENKB_TEST_CLI: cli } = process.env;
  if (cli === undefined) throw new Error('test/setup/build-cli.ts has not run');
  const preload = itself === undefined ? [] : ['--import', PRELOAD];
  const signals = itself === undefined ? {} : { OPENKB_TEST_SIGNALS: JSON.stringify(itself) };
  const child = spawn(process.execPath, [...preload, cli, ...args], {
    cwd,
    env: { PATH, ...environment, ...signals },
  });
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
