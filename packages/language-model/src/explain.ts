/** Whatever the SDK throws -> `LanguageModelError`, with a sentence, a hint, and no secrets. */
import type { GivenUp } from './deadline.ts';
import { LanguageModelError } from './error.ts';
import { hintFor } from './hints.ts';
import type { Provider } from './providers.ts';
import { redactedCause } from './redact.ts';
import type { Redact } from './redact.ts';
import { readRefusal } from './response-error.ts';
import type { Refusal } from './response-error.ts';
import { TOO_LARGE } from './wire/codes.ts';
import { refusalInStream, StreamError } from './wire/stream-error.ts';

/** Whom the errors are about. */
export interface Subject {
  /** `provider/model`. */
  readonly name: string;
  readonly provider: Provider;
  readonly baseUrl: string;
  readonly redact: Redact;
}

/** The fields of the SDK's `APICallError` that matter here. */
interface CallError extends Error {
  readonly statusCode?: number;
  readonly responseHeaders?: Record<string, string>;
  readonly responseBody?: string;
}

/** Failures of a connection that worked, or may work a moment later. */
const PASSING = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Errors that are no failure of the call (mistakes of the programmer) come back as they are. */
export function explain(error: unknown, subject: Subject): unknown {
  if (error instanceof LanguageModelError || !(error instanceof Error)) return error;
  if (error instanceof StreamError) return brokenStream(error, subject);
  if (error.name === 'AI_InvalidResponseDataError') return notAnAnswer(error, subject);
  if (error.name !== 'AI_APICallError') return error;
  const { statusCode: status, responseBody } = error as CallError;
  if (status === undefined) return noConnection(error, subject);
  if (status >= 400) return refused(error, status, subject);
  // a success that could not be read: the connection broke, or the body is no answer
  return responseBody === undefined ? noConnection(error, subject) : notAnAnswer(error, subject);
}

function refused(error: CallError, status: number, subject: Subject): LanguageModelError {
  const body = error.responseBody ?? '';
  const refusal = readRefusal(
    { status, body, headers: error.responseHeaders ?? {} },
    subject.redact,
  );
  return refusedAs(refusal, { error, status, subject });
}

interface Refused {
  readonly error: Error;
  readonly status: number;
  readonly subject: Subject;
}

function refusedAs(refusal: Refusal, { error, status, subject }: Refused): LanguageModelError {
  const words = refusal.words === '' ? '.' : `: ${refusal.words}`;
  return new LanguageModelError(
    refusal.code,
    `"${subject.name}" answered with status ${status}${words}`,
    {
      hint: hintFor(refusal.code, subject.provider),
      status,
      retryable: refusal.retryable,
      retryAfterMs: refusal.retryAfterMs,
      contextTokens: refusal.contextTokens,
      cause: redactedCause(error, subject.redact),
    },
  );
}

function noConnection(error: Error, subject: Subject): LanguageModelError {
  const code = codeInChain(error);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    const message = `"${subject.name}" kept silent for longer than "fetch" waits (${code}).`;
    const cause = redactedCause(error, subject.redact);
    return new LanguageModelError('timeout', message, {
      hint: hintFor('timeout', subject.provider),
      cause,
    });
  }
  if (code === TOO_LARGE) {
    const message = `"${subject.name}" sent an answer without an end.`;
    return new LanguageModelError('bad-answer', message, {
      hint: hintFor('bad-answer', subject.provider),
    });
  }
  const at = subject.redact(subject.baseUrl);
  return new LanguageModelError(
    'unreachable',
    `"${subject.name}" cannot be reached at ${at}${code === undefined ? '' : ` (${code})`}.`,
    {
      hint: hintFor('unreachable', subject.provider),
      retryable: code === undefined || PASSING.has(code),
      cause: redactedCause(error, subject.redact),
    },
  );
}

/** A stream that reported an error, ended early, or whose connection failed. */
function brokenStream(error: StreamError, subject: Subject): unknown {
  const { cause } = error;
  if (cause instanceof LanguageModelError) return cause;
  if (cause instanceof Error && cause.name === 'AI_ToolChoiceViolationError') {
    const message = `"${subject.name}" asked for tools again where it was to answer.`;
    const hint = hintFor('bad-answer', subject.provider);
    return new LanguageModelError('bad-answer', message, { hint });
  }
  const inStream = refusalInStream(cause);
  if (inStream) {
    const { status, body } = inStream;
    const refusal = readRefusal({ status, body, headers: {} }, subject.redact);
    return refusedAs(refusal, { error, status, subject });
  }
  if (cause instanceof Error && (cause.name === 'AI_APICallError' || codeInChain(cause))) {
    return explain(
      cause.name === 'AI_APICallError'
        ? cause
        : Object.assign(new Error(cause.message, { cause }), { name: 'AI_APICallError' }),
      subject,
    );
  }
  return new LanguageModelError('bad-answer', `"${subject.name}" sent an answer that breaks off.`, {
    hint: hintFor('bad-answer', subject.provider),
    retryable: true,
    cause: redactedCause(error, subject.redact),
  });
}

/** Makes the errors of a deadline; `late` says what the model failed to do in time. */
export function givenUp(subject: Subject, late: string): (reason: GivenUp) => LanguageModelError {
  return (reason) =>
    reason === 'aborted'
      ? new LanguageModelError('aborted', `The request to "${subject.name}" was given up.`)
      : new LanguageModelError('timeout', `"${subject.name}" ${late}.`, {
          hint: hintFor('timeout', subject.provider),
        });
}

/** Status 200 without an answer in it. A body that breaks off may come whole the next time. */
function notAnAnswer(error: CallError, subject: Subject): LanguageModelError {
  const body = error.responseBody ?? '';
  const inside = errorInside(body);
  if (inside !== undefined) return refused(error, inside, subject);
  const brokenOff = body.trimStart().startsWith('{') && !isJson(body);
  const what = brokenOff ? 'an answer that breaks off' : 'something that is no answer';
  return new LanguageModelError('bad-answer', `"${subject.name}" sent ${what}.`, {
    hint: `Check "base_url": ${subject.redact(subject.baseUrl)} should be the address of its API.`,
    status: error.statusCode,
    retryable: brokenOff,
    cause: redactedCause(error, subject.redact),
  });
}

/** The status that a body of a response 200 reports: `{"error": {"code": 502}}`. */
function errorInside(body: string): number | undefined {
  const code = /^\s*\{\s*"error":\s*\{[^{}]*"code":\s*(\d{3})\b/u.exec(body)?.[1];
  return code === undefined ? undefined : Number(code);
}

function codeInChain(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 6; depth += 1) {
    const { code } = current as { code?: unknown };
    if (typeof code === 'string') return code;
    current = current.cause;
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
