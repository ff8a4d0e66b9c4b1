/** Puts an answer on the wire, or breaks it as a fault says. */
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { ModelFault, WireAnswer } from './types.ts';

/** Sends the whole answer. */
export function send(response: ServerResponse, answer: WireAnswer): void {
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer.body),
    ...answer.headers,
  });
  response.end(answer.body);
}

/** Sends `answer`, the right one, as `fault` spoils it. */
export async function sendFault(
  response: ServerResponse,
  fault: Exclude<ModelFault, { fault: 'status' }>,
  answer: WireAnswer,
): Promise<void> {
  const bytes = Buffer.from(answer.body);
  switch (fault.fault) {
    case 'silent':
      return;
    case 'wrong-shape':
      return send(response, { status: 200, body: fault.body ?? '{"object":"unknown"}' });
    case 'cut-off':
      return send(response, {
        status: 200,
        body: bytes.subarray(0, Math.floor(bytes.length / 2)).toString(),
      });
    case 'reset':
      return reset(response, bytes, fault.afterBytes);
    case 'slow':
      head(response, bytes.length);
      for (let start = 0; start < bytes.length && !response.destroyed; start += fault.chunkBytes) {
        response.write(bytes.subarray(start, start + fault.chunkBytes));
        // oxlint-disable-next-line no-await-in-loop -- the pause between two pieces is the fault
        await delay(fault.everyMs);
      }
      response.end();
  }
}

function reset(response: ServerResponse, bytes: Buffer, afterBytes: number | undefined): void {
  const cut = (): void => {
    response.socket?.resetAndDestroy();
  };
  if (afterBytes === undefined) return cut();
  head(response, bytes.length);
  // the bytes go out before the reset, else the kernel drops them
  response.write(bytes.subarray(0, afterBytes), () => setImmediate(cut));
}

function head(response: ServerResponse, length: number): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
}
