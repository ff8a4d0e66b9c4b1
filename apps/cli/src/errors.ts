import { exitCodes, type ExitCode } from './exit-codes.ts';

interface CliErrorDetails {
  /** What the reader can do about it, one sentence. */
  readonly hint?: string;
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/** A failure as the reader sees it: what failed, the subject in quotes, why; and what to do about it. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** Stable, in kebab case, for programs: `no-knowledge-base`. */
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, details: CliErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.exitCode = details.exitCode ?? exitCodes.failed;
  }
}

/** The command line is wrong; nothing was done. */
export function usageError(message: string, hint = "Try 'openkb --help'."): CliError {
  return new CliError('usage', message, { hint, exitCode: exitCodes.usage });
}

/** Ctrl-C or a polite kill: what was finished stays, what was under way left no trace. */
export function interruption(signal: AbortSignal): CliError {
  const terminated = signal.reason === 'SIGTERM';
  return new CliError('interrupted', terminated ? 'terminated' : 'interrupted', {
    exitCode: terminated ? exitCodes.terminated : exitCodes.interrupted,
  });
}
