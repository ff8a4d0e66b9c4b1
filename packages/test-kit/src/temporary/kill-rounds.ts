/** Runs a real process again and again and kills it at seeded moments. */
// oxlint-disable no-await-in-loop -- one process after the other works on the same files
import { spawn } from 'node:child_process';

import { seededRandom } from '../file-system/random.ts';

export interface KillRound {
  /** From 1. */
  readonly round: number;
  /** Milliseconds between the start, or the marker, and the kill. */
  readonly delay: number;
  /** It died by our SIGKILL; `false`: it had ended by itself. */
  readonly killed: boolean;
  /** Exit code, `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KillOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly rounds: number;
  /** The same seed gives the same delays. */
  readonly seed: number;
  /** Shortest and longest delay in milliseconds. */
  readonly delay: readonly [shortest: number, longest: number];
  /** The delay begins when this appears on standard output, so that start-up is not counted. */
  readonly marker?: string;
  /** Called after each round, before the next one starts; whatever it throws ends the rounds. */
  readonly check?: (round: KillRound) => unknown;
}

/** The outcomes in order; assert that enough of them were `killed`. */
export async function killRounds(options: KillOptions): Promise<KillRound[]> {
  const random = seededRandom(options.seed);
  const [shortest, longest] = options.delay;
  const rounds: KillRound[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const delay = shortest + random() * (longest - shortest);
    const outcome = await killOnce(options, round, delay);
    rounds.push(outcome);
    await options.check?.(outcome);
  }
  return rounds;
}

function killOnce(options: KillOptions, round: number, delay: number): Promise<KillRound> {
  const { command, args, cwd, env, marker } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let timer: NodeJS.Timeout | undefined;
    const arm = (): void => {
      timer ??= setTimeout(() => child.kill('SIGKILL'), delay);
    };
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (marker !== undefined && stdout.includes(marker)) arm();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    if (marker === undefined) arm();
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const killed = signal === 'SIGKILL';
      resolve({ round, delay, killed, code, signal, stdout, stderr });
    });
  });
}
