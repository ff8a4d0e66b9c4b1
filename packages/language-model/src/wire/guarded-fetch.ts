/**
 * The caller's `fetch`, guarded: a redirect is not followed (it would carry documents and keys to an
 * address that nobody set), a page of HTML is no answer, an answer without an end is cut, and what the
 * endpoint refuses is taken out of the request. A whole answer in place of a stream becomes one.
 */
import { LanguageModelError } from '../error.ts';
import type { Subject } from '../explain.ts';
import type { Quirks } from '../sdk/types.ts';
import { asStream, isWholeAnswer } from './as-stream.ts';
import { TOO_LARGE } from './codes.ts';
import { hasQuirks, withoutRefused } from './request-body.ts';

/** Far above any answer of a model; an endpoint that sends more is broken. */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;

export function guardedFetch(
  fetch: typeof globalThis.fetch,
  subject: Subject,
  quirks: Quirks,
): typeof fetch {
  return async (input, init) => {
    const body =
      typeof init?.body === 'string' && hasQuirks(quirks)
        ? { body: withoutRefused(init.body, quirks) }
        : {};
    const response = await fetch(input, { ...init, ...body, redirect: 'manual' });
    const answer = await readable(bounded(response), subject);
    const isChat = subject.provider.protocol.startsWith('openai');
    return isChat && isWholeAnswer(init?.body, answer) ? asStream(answer) : answer;
  };
}

/** Throws for a response that cannot hold an answer. */
async function readable(response: Response, subject: Subject): Promise<Response> {
  const { status, statusText, headers } = response;
  const details = {
    hint: `Check "base_url": ${subject.redact(subject.baseUrl)} should be the address of its API.`,
    status,
  };
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    const target = headers.get('location') ?? '';
    const origin = URL.canParse(target, subject.baseUrl)
      ? new URL(target, subject.baseUrl).origin
      : 'another address';
    const message = `"${subject.name}" redirects to ${subject.redact(origin)}, which is not followed.`;
    throw new LanguageModelError('bad-answer', message, details);
  }
  if (!response.ok || !headers.get('content-type')?.startsWith('text/html')) return response;
  // some gateways give answers that type
  const text = await response.text();
  if (!text.trimStart().startsWith('<')) return new Response(text, { status, statusText, headers });
  const message = `"${subject.name}" sent a web page in place of an answer.`;
  throw new LanguageModelError('bad-answer', message, details);
}

function bounded(response: Response): Response {
  // a status of no standard makes no response
  if (response.body === null || response.status < 200 || response.status > 599) return response;
  let bytes = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes <= MOST_ANSWER_BYTES) controller.enqueue(chunk);
        else {
          const message = `the answer is longer than ${MOST_ANSWER_BYTES} bytes`;
          controller.error(Object.assign(new Error(message), { code: TOO_LARGE }));
        }
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(counted, { status, statusText, headers });
}
