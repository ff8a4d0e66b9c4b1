/** Bounds of one download. Times are milliseconds, sizes bytes. */
export interface DownloadLimits {
  /** What arrives, as it comes and unpacked. Default 512 MiB. */
  readonly bytes: number;
  /** From the request to the head of the answer. Default 30 s. */
  readonly answer: number;
  /** Between two pieces of the body; after it the connection counts as broken. Default 30 s. */
  readonly idle: number;
  /** Fewest bytes a second, on average over `rateWindow`. Default 1 KiB. */
  readonly rate: number;
  /** Default 60 s. */
  readonly rateWindow: number;
  /** All attempts together. Default 2 hours. */
  readonly total: number;
  /** Redirects of one attempt. Default 10. */
  readonly redirects: number;
  /**
   * Attempts one after the other that bring nothing new, besides the first. Default 4; one that is not
   * answered at all counts as two.
   */
  readonly retries: number;
  /** Longest pause that a server may ask for. Default 2 minutes. */
  readonly retryAfter: number;
}

export const defaultLimits: DownloadLimits = {
  bytes: 512 * 2 ** 20,
  answer: 30_000,
  idle: 30_000,
  rate: 1024,
  rateWindow: 60_000,
  total: 2 * 3_600_000,
  redirects: 10,
  retries: 4,
  retryAfter: 120_000,
};
