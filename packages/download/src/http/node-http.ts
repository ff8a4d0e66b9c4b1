/**
 * The port over Node's own `http` and `https`. Not `fetch`: it resolves names itself, so that the
 * address that was judged and the one that is connected to may differ (DNS rebinding), and it unpacks
 * bodies without a limit. Here a name is resolved once, and the connection goes to what was judged.
 */
import * as dns from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import * as tls from 'node:tls';

import {
  type Address,
  AddressRefused,
  type HttpAnswer,
  type HttpGet,
  type HttpRequest,
} from './http.ts';
import { type Proxy, proxyFor, type ProxySettings } from './proxy.ts';
import { openTunnel } from './tunnel.ts';

/** All addresses of a host name. */
export type Lookup = (host: string) => Promise<readonly Address[]>;

/** Bytes of an answer's head. Node's own limit of 16 KiB is below what some sites send in cookies. */
const MOST_HEAD = 64 * 1024;
/** Milliseconds before the next address of a host is tried; Node's 250 give up on slow networks. */
const NEXT_ADDRESS = 2500;

const systemLookup: Lookup = async (host) => {
  const found = await dns.lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

export interface NodeHttpOptions {
  /** Resolves host names. By default the system's resolver. */
  readonly lookup?: Lookup;
  /** Loopback is always reached without. */
  readonly proxy?: ProxySettings;
  /** Certificates (PEM) to trust in place of Node's own. */
  readonly ca?: string;
}

export function nodeHttp(options: NodeHttpOptions = {}): HttpGet {
  const { lookup = systemLookup, proxy = {}, ca } = options;
  const trust = ca === undefined ? {} : { ca };
  return async (request) => {
    const { url, headers, signal } = request;
    const through = proxyFor(url, proxy);
    const common = { headers, signal, maxHeaderSize: MOST_HEAD };
    if (through === undefined) {
      const permitted = await permittedAddresses(request, lookup);
      const direct = { ...common, ...trust, agent: false, lookup: answering(permitted) };
      const next = { autoSelectFamilyAttemptTimeout: NEXT_ADDRESS };
      return send(url, { ...direct, ...next }, permitted[0]?.address);
    }
    const known = await knownAddress(request, lookup);
    if (url.protocol === 'http:') return send(url, throughProxy(through, url, common), known);
    const socket = await openTunnel(through, url, signal);
    const servername = isIP(bareHost(url)) === 0 ? { servername: url.hostname } : {};
    const createConnection = () => tls.connect({ socket, ...servername, ...trust });
    return send(url, { ...common, createConnection }, known);
  };
}

interface Common {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly maxHeaderSize: number;
}

function throughProxy({ host, port, authorization }: Proxy, url: URL, common: Common) {
  const login = authorization === undefined ? {} : { 'proxy-authorization': authorization };
  const headers = { host: url.host, ...common.headers, ...login };
  return { ...common, headers, agent: false as const, host, hostname: host, port, path: url.href };
}

function send(url: URL, options: https.RequestOptions, known?: string): Promise<HttpAnswer> {
  const { request } = url.protocol === 'https:' ? https : http;
  const isProxied = options.path !== undefined || options.createConnection !== undefined;
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      resolve(asAnswer(answer, isProxied ? known : (answer.socket.remoteAddress ?? known)));
    });
    // also after the head: an error there comes out of the body as well
    sent.on('error', reject);
    sent.end();
  });
}

const bareHost = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '');

async function addressesOf(url: URL, lookup: Lookup, signal: AbortSignal) {
  const host = bareHost(url);
  const family = isIP(host);
  if (family === 0) return raced(lookup(host), signal);
  return [{ address: host, family: family === 6 ? 6 : 4 }] as const;
}

async function permittedAddresses({ url, permits, signal }: HttpRequest, lookup: Lookup) {
  const all = await addressesOf(url, lookup, signal);
  const permitted = all.filter(({ address }) => permits(address));
  if (permitted.length === 0) throw new AddressRefused(all[0]?.address ?? bareHost(url));
  return permitted;
}

/** Where a proxy will probably connect to, for it resolves the name again; unknown where only it can. */
async function knownAddress({ url, permits, signal }: HttpRequest, lookup: Lookup) {
  const all = await addressesOf(url, lookup, signal).catch(() => []);
  signal.throwIfAborted();
  const refused = all.find(({ address }) => !permits(address));
  if (refused !== undefined) throw new AddressRefused(refused.address);
  return all[0]?.address;
}

function asAnswer(message: http.IncomingMessage, address: string | undefined): HttpAnswer {
  return {
    status: message.statusCode ?? 0,
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: message,
    ...(address !== undefined && { address }),
    close: () => {
      message.on('error', () => {});
      message.destroy();
    },
  };
}

/** A resolver that knows one answer. */
function answering(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all === true)
      callback(
        null,
        addresses.map((one) => ({ ...one })),
      );
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
}

/** The system's resolver cannot be stopped; its answer is not waited for. */
async function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    settled.abort();
  }
}
