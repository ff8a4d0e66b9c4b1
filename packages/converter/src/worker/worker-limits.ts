/** Bounds of one document's conversion in a thread, beyond which the thread is ended. */
export interface ConversionWorkerLimits {
  /** For the whole document. Default 15 minutes. */
  readonly milliseconds: number;
  /** Without a sign of progress: a page of a PDF, or any part of another format. Default 2 minutes. */
  readonly stalledMilliseconds: number;
  /**
   * Bytes by which the process may grow, beyond three times the source. JavaScript's heap in the thread
   * and PDFium's memory have this bound each. Default 1 GiB.
   */
  readonly memoryBytes: number;
}

export const defaultWorkerLimits: ConversionWorkerLimits = {
  milliseconds: 15 * 60_000,
  stalledMilliseconds: 2 * 60_000,
  memoryBytes: 2 ** 30,
};
