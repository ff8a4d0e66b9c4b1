/** Puts an answer on the wire, or breaks it as a fault says. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { ModelFault, WireAnswer } from './types.ts';

const HTML =
  '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body>Sign in</body></html>';

/** Bytes of a huge answer that are written at a time. */
const FILLER = Buffer.alloc(1 << 16, ' ');

/** Sends the whole answer. */
export function send(response: ServerResponse, answer: WireAnswer): void {
  response.writeHead(answer.status, {
    'content-type': contentType(answer),
    // a stream has no length
    ...(answer.events ? {} : { 'content-length': Buffer.byteLength(answer.body) }),
    ...answer.headers,
  });
  for (const event of answer.events ?? []) response.write(event);
  response.end(answer.events ? undefined : answer.body);
}

/** Sends `answer`, the right one, as `fault` spoils it. */
export async function sendFault(
  response: ServerResponse,
  fault: Exclude<ModelFault, { fault: 'status' | 'error-event' }>,
  answer: WireAnswer,
): Promise<void> {
  const bytes = Buffer.from(answer.body);
  const half = Math.floor(bytes.length / 2);
  switch (fault.fault) {
    case 'silent':
      return;
    case 'wrong-shape':
      return send(response, { status: 200, body: fault.body ?? '{"object":"unknown"}' });
    case 'html':
      return send(response, {
        status: fault.status ?? 200,
        headers: { 'content-type': 'text/html' },
        body: HTML,
      });
    case 'cut-off':
      head(response, answer);
      response.end(bytes.subarray(0, half));
      return;
    case 'stalled':
      head(response, answer);
      response.write(bytes.subarray(0, fault.afterBytes ?? half));
      return;
    case 'huge':
      return sendHuge(response, answer, fault.bytes);
    case 'reset':
      return reset(response, answer, fault.afterBytes);
    case 'slow':
      head(response, answer);
      for (let start = 0; start < bytes.length && !response.destroyed; start += fault.chunkBytes) {
        response.write(bytes.subarray(start, start + fault.chunkBytes));
        // oxlint-disable-next-line no-await-in-loop -- the pause between two pieces is the fault
        await delay(fault.everyMs);
      }
      response.end();
  }
}

async function sendHuge(
  response: ServerResponse,
  answer: WireAnswer,
  bytes: number,
): Promise<void> {
  head(response, answer);
  const gone = once(response, 'close');
  for (let sent = 0; sent < bytes && !response.destroyed; sent += FILLER.length) {
    // oxlint-disable-next-line no-await-in-loop -- as fast as the reader takes it
    if (!response.write(FILLER)) await Promise.race([once(response, 'drain'), gone]);
  }
  response.end();
}

function reset(response: ServerResponse, answer: WireAnswer, afterBytes: number | undefined): void {
  const cut = (): void => {
    response.socket?.resetAndDestroy();
  };
  if (afterBytes === undefined) return cut();
  head(response, answer);
  // the bytes go out before the reset, else the kernel drops them
  response.write(Buffer.from(answer.body).subarray(0, afterBytes), () => setImmediate(cut));
}

/** Without a length, as the fault may send fewer bytes, or more. */
function head(response: ServerResponse, answer: WireAnswer): void {
  response.writeHead(200, { 'content-type': contentType(answer) });
}

function contentType({ events }: WireAnswer): string {
  return events ? 'text/event-stream' : 'application/json';
}
