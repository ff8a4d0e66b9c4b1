/** Faults that are set on a route, and the answer as a fault spoils it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Answer, errorBody } from './answers.ts';
import type { Fault, Misbehaviour, Route } from './types.ts';

/** The faults that are still to come. */
export class FaultPlan {
  readonly #faults: { readonly fault: Fault; calls: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, calls: 0 });
  }

  /** The fault that hits this call of the route; each call of the route counts. */
  next(route: Route): Fault | undefined {
    let hit: Fault | undefined;
    for (const entry of this.#faults.filter(({ fault }) => fault.route === route)) {
      entry.calls += 1;
      const first = entry.fault.nth ?? 1;
      if (entry.calls >= first && entry.calls < first + (entry.fault.times ?? 1))
        hit ??= entry.fault;
    }
    return hit;
  }
}

/** The answer that stands in for the right one, where the fault replaces it. */
export const replaced = (fault: Misbehaviour): Answer | undefined => {
  if (fault.kind === 'body')
    return {
      status: fault.status ?? 200,
      body: fault.body,
      type: fault.type ?? 'application/json',
    };
  if (fault.kind !== 'status') return undefined;
  const made = errorBody(
    fault.status,
    fault.form ?? 'detail',
    fault.message ?? `status ${fault.status}`,
  );
  return fault.retryAfter === undefined
    ? made
    : { ...made, headers: { 'retry-after': fault.retryAfter } };
};

const writeHead = (response: ServerResponse, answer: Answer, length?: number): void => {
  response.writeHead(answer.status, {
    'content-type': answer.type,
    ...answer.headers,
    ...(length === undefined ? {} : { 'content-length': length }),
  });
};

const sendCut = (response: ServerResponse, answer: Answer, declared: boolean): void => {
  const bytes = Buffer.from(answer.body);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  writeHead(response, answer, declared ? bytes.length : half.length);
  if (declared) response.write(half, () => response.destroy());
  else response.end(half);
};

const sendSlowly = async (
  response: ServerResponse,
  answer: Answer,
  pause: number,
  pieces: number,
): Promise<void> => {
  const bytes = Buffer.from(answer.body);
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  writeHead(response, answer, bytes.length);
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    response.write(bytes.subarray(at, at + size));
    // oxlint-disable-next-line no-await-in-loop -- the pause between the pieces is the point
    await sleep(pause);
  }
  response.end();
};

/** Sends the answer, spoilt by the fault where there is one. */
export const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  fault: Misbehaviour | undefined,
): Promise<void> => {
  switch (fault?.kind) {
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'truncated':
      sendCut(response, answer, fault.declared ?? false);
      return;
    case 'slow-body':
      await sendSlowly(response, answer, fault.milliseconds, fault.pieces ?? 4);
      return;
    case 'slow-headers':
      await sleep(fault.milliseconds);
      break;
    case 'status':
    case 'body':
    case undefined:
      break;
  }
  if (response.destroyed) return;
  writeHead(response, answer, Buffer.byteLength(answer.body));
  response.end(answer.body);
};
