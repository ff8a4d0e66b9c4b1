/**
 * A refusal by HTTP status -> error. Knows what the providers put into their bodies where the status
 * alone says too little: OpenAI reports an empty account as 429, Anthropic as 400, Google a wrong key
 * as 400, and OpenRouter failures with status 200.
 */
import type { LanguageModelErrorCode } from './error.ts';
import type { Redact } from './redact.ts';
import { contextIn, isTooLong } from './too-long.ts';

/** What came back. Header names are in lower case. */
export interface RefusedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Refusal {
  readonly code: LanguageModelErrorCode;
  /** The provider's own words, one line, or empty. */
  readonly words: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** The size of the context, where the refusal tells it. */
  readonly contextTokens: number | undefined;
}

const WORDS_LIMIT = 300;

const QUOTA =
  /insufficient_quota|credit balance is too low|insufficient (?:balance|credits|funds)|billing_hard_limit|out of credits/iu;
const BAD_KEY = /API_KEY_INVALID|API key not valid|invalid.api.key|incorrect api key/iu;
/** Groq's report that the answer did not fit the schema. */
const MISFIT = /json_validate_failed/u;
const UNKNOWN_MODEL =
  /model_not_found|model[^.]{0,80}(?:does not exist|not found|is not a valid model)/iu;
/** Of a model without eyes: llama.cpp says it with status 500, OpenRouter with 404. */
const NO_IMAGES =
  /image_url|(?:image|vision|multi-?modal)[^.]{0,30}(?:not|n't) (?:be )?support|(?:not|n't|that) support[^.]{0,20}(?:image|vision|multi-?modal)|not a multi-?modal/iu;

/** Reads a response that is not a success. `redact` sees its words whole: a secret that is cut in two is none any more. */
export function readRefusal(response: RefusedResponse, redact: Redact): Refusal {
  const { status, body, headers } = response;
  const code = codeOf(status, body);
  return {
    code,
    words: shortened(redact(wordsOf(body))),
    retryable: code === 'rate-limited' || (code === 'unreachable' && status !== 501),
    retryAfterMs: retryAfterMs(headers, body),
    contextTokens: code === 'context-too-long' ? contextIn(body) : undefined,
  };
}

function codeOf(status: number, body: string): LanguageModelErrorCode {
  if (status === 402 || ((status === 429 || status < 404) && QUOTA.test(body))) return 'quota';
  if (status === 401 || status === 403) return 'key-refused';
  if (status === 400 && BAD_KEY.test(body)) return 'key-refused';
  if (status === 413 || isTooLong(body)) return 'context-too-long';
  if (status === 400 && MISFIT.test(body)) return 'bad-answer';
  if ((status === 404 || status >= 500) && NO_IMAGES.test(body)) return 'request-refused';
  if (status === 404 || (status === 400 && UNKNOWN_MODEL.test(body))) return 'unknown-model';
  if (status === 429) return 'rate-limited';
  return status === 408 || status >= 500 ? 'unreachable' : 'request-refused';
}

/** The message of an error body in any of the forms in use, or the body itself, in one line. */
function wordsOf(body: string): string {
  const parsed = parse(body);
  const error = parsed?.['error'];
  const candidates = [
    typeof error === 'object' && error !== null
      ? (error as Record<string, unknown>)['message']
      : error,
    parsed?.['message'],
    parsed?.['detail'],
  ];
  const message = candidates.find((value) => typeof value === 'string' && value !== '');
  const isMarkup = body.trimStart().startsWith('<');
  const words = typeof message === 'string' ? message : isMarkup ? '' : body;
  return words.replace(/\s+/gu, ' ').trim();
}

function shortened(line: string): string {
  return line.length > WORDS_LIMIT ? `${line.slice(0, WORDS_LIMIT)}...` : line;
}

/**
 * The wait that the provider asks for: `retry-after-ms` (OpenAI), `Retry-After` in seconds or as a date
 * (RFC 9110, 10.2.3; measured against the response's own `Date`, so that no clock is needed), or the
 * `retryDelay` of Google's error details.
 */
function retryAfterMs(headers: Readonly<Record<string, string>>, body: string): number | undefined {
  const precise = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (precise >= 0) return precise;
  const after = headers['retry-after'];
  if (after !== undefined) {
    const seconds = /^\s*\d+(?:\.\d+)?\s*$/u.test(after) ? Number(after) : undefined;
    if (seconds !== undefined) return seconds * 1000;
    const wait = Date.parse(after) - Date.parse(headers['date'] ?? '');
    return Number.isNaN(wait) ? undefined : Math.max(0, wait);
  }
  const delay = /"retryDelay":\s*"(\d+(?:\.\d+)?)s"/u.exec(body)?.[1];
  return delay === undefined ? undefined : Number(delay) * 1000;
}

function parse(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'object' && first !== null
      ? (first as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
