/** The HTTP server: reads a request, logs it, checks the key, answers, spoils the answer by faults. */
import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type Answer, errorBody, refuse } from './answers.ts';
import { DocumentStore } from './documents.ts';
import { FaultPlan, replaced, send } from './faults.ts';
import { readMultipart } from './multipart.ts';
import { type Call, type World, answer, routeOf } from './routes.ts';
import type { Fault, LoggedRequest, PageIndexServer, Route, ServerOptions } from './types.ts';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const log = (
  request: IncomingMessage,
  route: Route,
  path: string,
  call: Call,
  key: string,
): LoggedRequest => {
  const mask = (value: string): string => value.replaceAll(key, '***');
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    mask(String(value)),
  ]);
  const file = call.parts?.find((part) => part.fileName !== undefined);
  const texts = call.parts?.filter((part) => part.fileName === undefined) ?? [];
  return {
    method: call.method,
    path,
    query: Object.fromEntries(call.query),
    headers: Object.fromEntries(headers) as Record<string, string>,
    route,
    bodyBytes: call.body.length,
    bodySha256: sha256(call.body),
    ...(file ? { fileSha256: sha256(file.bytes) } : {}),
    fields: Object.fromEntries(texts.map((part) => [part.name, part.bytes.toString()])),
  };
};

interface Running {
  readonly world: World;
  readonly faults: FaultPlan;
  readonly requests: LoggedRequest[];
  readonly apiKey: string;
  readonly note: (request: LoggedRequest) => void;
}

/** The right answer, or the one that the fault puts in its place. */
const decide = (running: Running, route: Route, call: Call, fault: Fault | undefined): Answer => {
  const instead = fault === undefined ? undefined : replaced(fault);
  const lost = instead !== undefined || fault?.kind === 'reset';
  if (lost && fault?.takesEffect !== true) return instead ?? errorBody(500, 'empty', '');
  const right = answer(route, call, running.world);
  return instead ?? right;
};

const handle = async (
  running: Running,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const method = request.method ?? 'GET';
  const url = new URL(request.url ?? '/', 'http://fake');
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  const route = routeOf(method, path, url.searchParams);
  const redirects = running.world.options.redirectsToSlash === true && path !== url.pathname;
  const fault = redirects ? undefined : running.faults.next(route);
  if (fault?.kind === 'reset' && fault.when === 'before-body') {
    const unread = { method, path, query: url.searchParams, body: Buffer.alloc(0), parts: [] };
    running.note(log(request, route, url.pathname, unread, running.apiKey));
    request.socket.resetAndDestroy();
    return;
  }
  const body = await readBody(request);
  const parts = readMultipart(request.headers['content-type'] ?? '', body);
  const call: Call = { method, path, query: url.searchParams, body, parts };
  running.note(log(request, route, url.pathname, call, running.apiKey));
  if (redirects) {
    response.writeHead(307, { location: path + url.search }).end();
    return;
  }
  response.setHeader('x-request-id', `request-${running.requests.length}`);
  const known = request.headers['api_key'] === running.apiKey;
  const made = known ? decide(running, route, call, fault) : refuse(401, 'Invalid API key');
  await send(request, response, made, known ? fault : undefined);
};

/**
 * Starts a fake of the PageIndex Cloud API on a free port of 127.0.0.1. Documents take their
 * states by the number of times they are asked for, never by the wall clock. Close it at the end
 * of the test, or declare it with `await using`.
 */
export const startPageIndexServer = async (
  options: ServerOptions = {},
): Promise<PageIndexServer> => {
  const store = new DocumentStore(options);
  const apiKey = options.apiKey ?? 'test-key';
  const world: World = { options, store, folders: new Map() };
  const requests: LoggedRequest[] = [];
  const note = (request: LoggedRequest): void => {
    requests.push(request);
    options.onRequest?.(request);
  };
  const running: Running = { world, faults: new FaultPlan(), requests, apiKey, note };
  for (const document of options.documents ?? []) store.add(document);
  const server = createServer((request, response) => {
    handle(running, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    requests: running.requests,
    documents: store.documents,
    addDocument: (document) => store.add(document),
    fault: (fault) => running.faults.add(fault),
    requestsOf: (route) => running.requests.filter((request) => request.route === route),
    close,
    [Symbol.asyncDispose]: close,
  };
};
