/** The one error of this package. */

export type DownloadErrorCode =
  /** No URL at all. */
  | 'bad-url'
  /** `file:`, `ftp:`, `data:` and all others that are neither http nor https. */
  | 'unsupported-scheme'
  | 'host-not-found'
  /** Nobody listens there, or there is no way to it. */
  | 'refused'
  | 'certificate'
  /** The proxy is none, refuses, or cannot be reached. */
  | 'proxy'
  /** The connection was lost, as often as it was tried. */
  | 'network'
  | 'no-answer'
  /** The body ended before it was whole, as often as it was tried. */
  | 'broken-off'
  /** No byte came for the idle time, as often as it was tried. */
  | 'stalled'
  | 'too-slow'
  | 'too-large'
  | 'empty'
  | 'redirect-loop'
  | 'too-many-redirects'
  | 'bad-redirect'
  /** A redirect to an address nearer to this machine. */
  | 'private-address'
  | 'login-needed'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'unavailable'
  | 'http-error'
  /** What came is no HTTP, or its head is too long. */
  | 'bad-answer'
  /** A content encoding that is unknown, or not what it says. */
  | 'bad-encoding';

export interface ErrorDetails {
  readonly hint?: string;
  readonly cause?: unknown;
  /** Of the answer. */
  readonly status?: number;
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfter?: number;
  /** Another attempt may help. */
  readonly transient?: boolean;
}

/** Every failure of a download. Its message names the URL without credentials. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly code: DownloadErrorCode;
  /** What the reader can do, one sentence. */
  readonly hint: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  /** Another attempt later may help. */
  readonly transient: boolean;

  constructor(code: DownloadErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.transient = details.transient ?? false;
  }
}
