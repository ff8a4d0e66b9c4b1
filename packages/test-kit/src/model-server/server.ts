/** The server: routes, checks, the script, and the log. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { countKey, record } from './json.ts';
import { openai } from './openai.ts';
import { dialectOf, listing } from './routes.ts';
import { refusalOf, replyTo, unscripted } from './script.ts';
import type { ModelServerOptions } from './script.ts';
import { send, sendFault } from './send.ts';
import { tell } from './tell.ts';
import type { Dialect, ModelReply, ModelRequest, WireError } from './types.ts';

export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`: the base URL of Ollama's own API. */
  readonly url: string;
  /** Base URL for OpenAI-compatible clients. */
  readonly openai: string;
  readonly anthropic: string;
  readonly google: string;
  /** Every well-formed request for an answer, in order of arrival. */
  readonly requests: readonly ModelRequest[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** Most requests that were under way at once. */
  readonly peak: number;
  /** Ends all connections and the server; safe to call twice. */
  close(): Promise<void>;
}

interface State {
  readonly options: ModelServerOptions;
  readonly requests: ModelRequest[];
  connections: number;
  running: number;
  peak: number;
}

/** Starts the double on a free port of 127.0.0.1. Without a script it answers every request. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const state: State = { options, requests: [], connections: 0, running: 0, peak: 0 };
  const server = createServer((request, response) => {
    state.running += 1;
    state.peak = Math.max(state.peak, state.running);
    response.once('close', () => (state.running -= 1));
    handle(state, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', () => (state.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url,
    openai: `${url}/v1`,
    anthropic: `${url}/v1`,
    google: `${url}/v1beta`,
    requests: state.requests,
    get connections() {
      return state.connections;
    },
    get peak() {
      return state.peak;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function handle(
  state: State,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = incoming.url ?? '/';
  const dialect = dialectOf(path);
  const text = await readAll(incoming);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const refuse = (error: WireError): void =>
    send(response, {
      status: error.status,
      body: JSON.stringify((dialect ?? openai).error(error)),
    });

  if (incoming.method === 'GET') return send(response, listing(path, state.options.models ?? []));
  if (!dialect) return refuse({ status: 404, message: `Unknown request URL: POST ${path}` });
  if (state.options.key !== undefined && dialect.key(headers) !== state.options.key) {
    const message = `Incorrect API key provided: ${dialect.key(headers)}.`;
    return refuse({ status: 401, message, code: 'invalid_api_key' });
  }
  const body = parse(text);
  if (!body) return refuse({ status: 400, message: 'We could not parse the JSON body.' });
  const read = dialect.read(body, path);
  if ('error' in read) return refuse(read.error);
  const cacheMarks = countKey(body, 'cache_control');
  const request: ModelRequest = {
    dialect: dialect.name,
    path,
    headers,
    body,
    cacheMarks,
    ...read,
  };
  const index = state.requests.push(request) - 1;
  const answered = state.options.ignoresStream ? { ...request, stream: false } : request;
  const refusal = refusalOf(state.options, request);
  if (refusal) return refuse(refusal);
  await reply(dialect, answered, response, await replyTo(state.options, request, index));
}

async function reply(
  dialect: Dialect,
  request: ModelRequest,
  response: ServerResponse,
  scripted: ModelReply | undefined,
): Promise<void> {
  if (scripted === undefined) {
    const error = { status: 400, message: 'The script has no reply left for this request.' };
    return send(response, { status: 400, body: JSON.stringify(dialect.error(error)) });
  }
  if (typeof scripted === 'string')
    return send(response, tell(dialect, request, { text: scripted }));
  if (!('fault' in scripted)) return send(response, tell(dialect, request, scripted));
  if (scripted.fault === 'status' || scripted.fault === 'error-event') {
    const error: WireError = { message: `Scripted status ${scripted.status}.`, ...scripted };
    if (scripted.fault === 'error-event' && request.stream) {
      const { events = [] } = tell(dialect, request, unscripted(request));
      const begun = [...events.slice(0, events.length / 2), dialect.errorEvent(error)];
      return send(response, { status: 200, body: '', events: begun });
    }
    const told = 'body' in scripted ? scripted.body : undefined;
    const headers = 'headers' in scripted ? scripted.headers : undefined;
    const body = told ?? JSON.stringify(dialect.error(error));
    return send(response, { status: scripted.status, headers: headers ?? {}, body });
  }
  const given = 'answer' in scripted ? scripted.answer : undefined;
  return sendFault(response, scripted, tell(dialect, request, given ?? unscripted(request)));
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
