/**
 * The one function that sends a request. One attempt: address, key, time limits, the body as text,
 * and every failure as a `PageIndexError` without the key. Redirects are followed on the same
 * origin only, because the key's header would go along.
 */
import { type ErrorDetails, PageIndexError, meaningOf, reasonIn } from './error.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path segments; each is encoded. A final slash is always sent. */
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, string | number>>;
  /** Made anew for each attempt, so that no attempt sends a body that is used up. */
  readonly form?: () => FormData;
  /** What the request is about, for messages: `the tree of document "pi-1"`. */
  readonly subject: string;
  /** Longest time for the whole attempt, in milliseconds. */
  readonly timeout: number;
  readonly idle: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Transport {
  readonly origin: URL;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
  /** Of one answer, after decompression. */
  readonly mostBytes: number;
}

const EXCERPT = 500;
/** In data that is no error, only a text that long is taken for the key. */
const LEAST_KEY = 8;
const MOST_REDIRECTS = 3;
/** Errors of a connection that was never made. */
const NOT_ARRIVED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const addressOf = ({ origin }: Transport, { segments, query = {} }: Request): URL => {
  for (const segment of segments)
    if (segment === '' || segment === '.' || segment === '..')
      throw new TypeError(`"${segment}" is no document id`);
  const path = segments.map(encodeURIComponent).join('/');
  const url = new URL(`${origin.pathname.replace(/\/+$/, '')}/${path}/`, origin);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
};

/** Aborts when the time is up or nothing has come for the idle time. */
class Deadline {
  readonly #controller = new AbortController();
  readonly #idle: number;
  readonly #whole: NodeJS.Timeout;
  #quiet: NodeJS.Timeout | undefined;
  readonly signal: AbortSignal;

  constructor({ timeout, idle, signal }: Request) {
    this.#idle = idle;
    this.#whole = setTimeout(() => this.#controller.abort('whole'), timeout);
    const own = this.#controller.signal;
    this.signal = signal === undefined ? own : AbortSignal.any([own, signal]);
  }

  /** Starts the idle time anew. */
  progress(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#controller.abort('idle'), this.#idle);
  }

  get passed(): boolean {
    return this.#controller.signal.aborted;
  }

  stop(): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#quiet);
  }
}

const follow = async (
  transport: Transport,
  request: Request,
  signal: AbortSignal,
): Promise<Response> => {
  let url = addressOf(transport, request);
  for (let redirects = 0; ; redirects += 1) {
    const form = request.form?.();
    // oxlint-disable-next-line no-await-in-loop -- a redirect is known only from the answer before
    const response = await transport.fetch(url, {
      method: request.method,
      headers: { api_key: transport.apiKey, accept: 'application/json' },
      redirect: 'manual',
      signal,
      ...(form === undefined ? {} : { body: form }),
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    const next = new URL(location, url);
    const keepsMethod =
      response.status === 307 || response.status === 308 || request.method === 'GET';
    if (next.origin !== url.origin || !keepsMethod || redirects >= MOST_REDIRECTS)
      throw new PageIndexError(
        'redirect',
        `The request for ${request.subject} was redirected to "${next.origin}", which is not followed.`,
      );
    url = next;
    // an answer that is not read keeps its connection
    // oxlint-disable-next-line no-await-in-loop
    await response.body?.cancel();
  }
};

const readText = async (
  response: Response,
  deadline: Deadline,
  { subject, mostBytes }: Request & Transport,
): Promise<string> => {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    deadline.progress();
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new PageIndexError(
        'answer-too-large',
        `The answer to the request for ${subject} has more than ${mostBytes} bytes.`,
      );
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

/** `Retry-After` in milliseconds, from seconds or a date; the answer's own `Date` is the clock. */
const retryAfterOf = (headers: Headers): number | undefined => {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};

const redact = (text: string, key: string): string => text.replaceAll(key, '***');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Throws unless the answer is a success in JSON; `undefined` for the deletion's free text. */
const judge = (response: Response, text: string, request: Request): unknown => {
  const requestId = response.headers.get('x-request-id') ?? response.headers.get('cf-ray');
  const retryAfter = retryAfterOf(response.headers);
  const details: ErrorDetails = {
    status: response.status,
    excerpt: text.slice(0, EXCERPT),
    ...(requestId === null ? {} : { requestId }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  const json = parse(text);
  const about = `${response.status}${requestId === null ? '' : `, request ${requestId}`}`;
  if (!response.ok) {
    const { code, transient, hint } = meaningOf(response.status);
    const reason = reasonIn(json ?? text) || response.statusText || 'no reason given';
    const message = `PageIndex Cloud refused the request for ${request.subject}: ${reason} (${about})`;
    throw new PageIndexError(code, message, {
      ...details,
      transient,
      ...(hint !== undefined && { hint }),
    });
  }
  // a deletion may be answered by a sentence or by nothing
  if (json === undefined && request.method !== 'DELETE')
    throw new PageIndexError(
      'unreadable-answer',
      `The answer to the request for ${request.subject} is not JSON or is cut off (${about})`,
      { ...details, transient: true },
    );
  return json;
};

const codeOf = (error: unknown): string => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
};

const deepestMessage = (error: unknown): string => {
  let at = error;
  for (let depth = 0; at instanceof Error && at.cause instanceof Error && depth < 5; depth += 1)
    at = at.cause;
  return at instanceof Error ? at.message : String(at);
};

/** The error without the key, should a `fetch` have put it into a message. */
const withoutKey = (error: unknown, key: string): unknown => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if (`${at.message}${at.stack}`.includes(key)) return new Error(redact(String(error), key));
  return error;
};

const explain = (error: unknown, request: Request, key: string, late: boolean): PageIndexError => {
  if (error instanceof PageIndexError) return error;
  const cause = withoutKey(error, key);
  if (late) {
    const message = `The request for ${request.subject} took too long.`;
    return new PageIndexError('timeout', message, { cause, transient: true });
  }
  const code = codeOf(error);
  const why = code || redact(deepestMessage(error), key);
  const message = `The request for ${request.subject} failed: ${why}`;
  const arrived = !NOT_ARRIVED.has(code);
  return new PageIndexError('network', message, { cause, transient: true, arrived });
};

/**
 * Sends a request once.
 * @returns the JSON of the answer; `undefined` where a deletion is answered otherwise
 * @throws {PageIndexError} for every failure; the signal's reason where the caller aborted
 */
export const send = async (transport: Transport, request: Request): Promise<unknown> => {
  addressOf(transport, request);
  const deadline = new Deadline(request);
  try {
    const response = await follow(transport, request, deadline.signal);
    deadline.progress();
    const text = await readText(response, deadline, { ...transport, ...request });
    const { apiKey } = transport;
    const secret = !response.ok || (apiKey.length >= LEAST_KEY && text.includes(apiKey));
    return judge(response, secret ? redact(text, apiKey) : text, request);
  } catch (error) {
    request.signal?.throwIfAborted();
    throw explain(error, request, transport.apiKey, deadline.passed);
  } finally {
    deadline.stop();
  }
};
