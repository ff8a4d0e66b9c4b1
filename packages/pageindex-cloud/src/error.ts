/** The one error of this package, and the table that says what each HTTP status means. */

export type PageIndexErrorCode =
  | 'invalid-request'
  | 'unauthorized'
  | 'payment-required'
  | 'forbidden'
  | 'not-found'
  | 'too-large'
  | 'rate-limited'
  | 'unavailable'
  | 'http-error'
  /** No answer: refused, reset, name not found. */
  | 'network'
  | 'timeout'
  /** An answer that is not JSON, or lacks what it must have. */
  | 'unreadable-answer'
  /** An answer of more bytes than are taken. */
  | 'answer-too-large'
  /** A redirect to another host, which would get the key. */
  | 'redirect'
  /** The document is not completed. */
  | 'not-ready'
  | 'processing-failed'
  | 'wait-timeout'
  /** The answer to an upload was lost, and it cannot be told whether it arrived. */
  | 'upload-uncertain';

interface Meaning {
  readonly code: PageIndexErrorCode;
  /** A GET or DELETE is tried again. */
  readonly transient: boolean;
  readonly hint?: string;
}

const STATUSES: Readonly<Record<number, Meaning>> = {
  400: { code: 'invalid-request', transient: false },
  401: { code: 'unauthorized', transient: false, hint: 'Check the API key.' },
  402: { code: 'payment-required', transient: false, hint: 'Check the credit of the account.' },
  403: {
    code: 'forbidden',
    transient: false,
    hint: 'Check the plan and the quota of the account.',
  },
  404: { code: 'not-found', transient: false },
  408: { code: 'timeout', transient: true },
  413: { code: 'too-large', transient: false },
  422: { code: 'invalid-request', transient: false },
  429: { code: 'rate-limited', transient: true, hint: 'Try again later.' },
  500: { code: 'unavailable', transient: true },
  502: { code: 'unavailable', transient: true },
  503: { code: 'unavailable', transient: true },
  504: { code: 'unavailable', transient: true },
};

/** What a status means. Of the unknown ones only those of gateways (520 and above) are tried again. */
export const meaningOf = (status: number): Meaning => {
  const gateway: Meaning = { code: 'unavailable', transient: true };
  return STATUSES[status] ?? (status >= 520 ? gateway : { code: 'http-error', transient: false });
};

export interface ErrorDetails {
  readonly cause?: unknown;
  readonly transient?: boolean;
  readonly arrived?: boolean;
  readonly status?: number;
  readonly requestId?: string;
  readonly excerpt?: string;
  readonly retryAfter?: number;
  readonly documentId?: string;
  readonly hint?: string;
}

/** Every failure of the client. No member holds the API key. */
export class PageIndexError extends Error {
  override readonly name = 'PageIndexError';
  readonly code: PageIndexErrorCode;
  /** Trying again may help. */
  readonly transient: boolean;
  /** False where the request surely did not reach the service. */
  readonly arrived: boolean;
  readonly status: number | undefined;
  /** The service's name for the request, for its support. */
  readonly requestId: string | undefined;
  /** First 500 characters of the answer's body. */
  readonly excerpt: string | undefined;
  /** Milliseconds after which the service wants to be asked again. */
  readonly retryAfter: number | undefined;
  readonly documentId: string | undefined;
  /** What can be done about it. */
  readonly hint: string | undefined;

  constructor(code: PageIndexErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.transient = details.transient ?? false;
    this.arrived = details.arrived ?? true;
    this.status = details.status;
    this.requestId = details.requestId;
    this.excerpt = details.excerpt;
    this.retryAfter = details.retryAfter;
    this.documentId = details.documentId;
    this.hint = details.hint;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sentence in an error body of any form that has been met, or '' for pages of HTML and nothing. */
export const reasonIn = (body: unknown): string => {
  if (typeof body === 'string') return /^\s*</.test(body) ? '' : body.trim().slice(0, 300);
  if (Array.isArray(body)) return body.map(reasonIn).filter(Boolean).join('; ');
  if (!isRecord(body)) return '';
  const { detail, error, message, msg, loc, errorCode } = body;
  if (typeof msg === 'string') return Array.isArray(loc) ? `${loc.join('.')}: ${msg}` : msg;
  return [detail, error, message, errorCode].map(reasonIn).find(Boolean) ?? '';
};
