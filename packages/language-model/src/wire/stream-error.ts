/** Failures within a stream, after status 200. */

/** What the stream reported or how it ended, whatever form that has, is the `cause`. */
export class StreamError extends Error {
  override readonly name = 'StreamError';

  constructor(cause: unknown) {
    super('the stream broke off', { cause });
  }
}

/** Statuses by the types and codes that providers give to errors in their streams. */
const STATUSES: Readonly<Record<string, number>> = {
  overloaded_error: 529,
  api_error: 500,
  server_error: 500,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  RESOURCE_EXHAUSTED: 429,
  UNAVAILABLE: 503,
  authentication_error: 401,
  permission_error: 403,
  invalid_request_error: 400,
  request_too_large: 413,
};

/**
 * The error that a stream reports, as the refusal that it would have been before the stream began.
 * `undefined` for what is no report of the provider's.
 */
export function refusalInStream(
  cause: unknown,
): { readonly status: number; readonly body: string } | undefined {
  if (cause instanceof Error) return undefined;
  if (typeof cause === 'string') return { status: 500, body: JSON.stringify({ error: cause }) };
  if (typeof cause !== 'object' || cause === null) return undefined;
  const error = ('error' in cause ? cause.error : cause) as Readonly<Record<string, unknown>>;
  const status = [error['code'], error['status'], error['type']]
    .map((value) => (isStatus(value) ? Number(value) : STATUSES[String(value)]))
    .find((value) => value !== undefined);
  return { status: status ?? 500, body: JSON.stringify({ error }) };
}

function isStatus(value: unknown): boolean {
  return /^[45]\d\d$/u.test(String(value));
}
