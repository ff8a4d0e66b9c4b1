import { DownloadError } from './error.ts';
import type { DownloadLimits } from './limits.ts';

/**
 * Watches one attempt: the head must come in time, then bytes without long gaps and, on average, fast
 * enough. `signal` is aborted with the reason, a `DownloadError`.
 */
export class Pace {
  readonly #controller = new AbortController();
  readonly #limits: DownloadLimits;
  readonly #shown: string;
  #quiet: NodeJS.Timeout;
  #rate: NodeJS.Timeout | undefined;
  #bytes = 0;
  readonly signal: AbortSignal;

  constructor(shown: string, limits: DownloadLimits, signal: AbortSignal) {
    this.#shown = shown;
    this.#limits = limits;
    this.signal = AbortSignal.any([this.#controller.signal, signal]);
    const seconds = inSeconds(limits.answer);
    this.#quiet = setTimeout(
      () => this.#stop('no-answer', `did not answer within ${seconds}`),
      limits.answer,
    );
  }

  /** Why it ended the attempt. */
  get failure(): DownloadError | undefined {
    return this.#controller.signal.reason as DownloadError | undefined;
  }

  /** The head has come. */
  answered(): void {
    this.#rest();
    const { rate, rateWindow } = this.#limits;
    this.#rate = setInterval(() => {
      if (this.#bytes < (rate * rateWindow) / 1000)
        this.#stop('too-slow', `sends less than ${rate} bytes a second`);
      this.#bytes = 0;
    }, rateWindow);
  }

  received(bytes: number): void {
    this.#bytes += bytes;
    this.#rest();
  }

  /** Safe to call twice. */
  stop(): void {
    clearTimeout(this.#quiet);
    clearInterval(this.#rate);
  }

  #rest(): void {
    clearTimeout(this.#quiet);
    const { idle } = this.#limits;
    this.#quiet = setTimeout(
      () => this.#stop('stalled', `sent nothing for ${inSeconds(idle)}`),
      idle,
    );
  }

  #stop(code: 'no-answer' | 'stalled' | 'too-slow', what: string): void {
    const transient = code !== 'too-slow';
    const hint = 'The server or the network is slow: try again later.';
    const error = new DownloadError(code, `"${this.#shown}" ${what}`, { transient, hint });
    this.#controller.abort(error);
  }
}

export const inSeconds = (milliseconds: number): string =>
  milliseconds >= 120_000
    ? `${Math.round(milliseconds / 60_000)} minutes`
    : `${Math.round(milliseconds / 100) / 10} s`;
