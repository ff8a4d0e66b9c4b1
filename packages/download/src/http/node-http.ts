/**
 * The port over Node's own `http` and `https`. Not `fetch`: it resolves names itself, so that the
 * address that was judged and the one that is connected to may differ (DNS rebinding), and it unpacks
 * bodies without a limit. Here a name is resolved once, and the connection goes to what was judged.
 */
import * as dns from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

import { type Address, AddressRefused, type HttpAnswer, type HttpGet } from './http.ts';

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

/** @param lookup resolves host names; by default the system's resolver */
export function nodeHttp({ lookup = systemLookup }: { lookup?: Lookup } = {}): HttpGet {
  return async ({ url, headers, permits, signal }) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const family = isIP(host);
    const all =
      family === 0
        ? await raced(lookup(host), signal)
        : [{ address: host, family: family === 6 ? 6 : 4 } as const];
    const permitted = all.filter(({ address }) => permits(address));
    if (permitted.length === 0) throw new AddressRefused(all[0]?.address ?? host);
    const { request } = url.protocol === 'https:' ? https : http;
    const options = {
      agent: false,
      headers,
      signal,
      lookup: answering(permitted),
      maxHeaderSize: MOST_HEAD,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS,
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, options, (answer) => {
        resolve(asAnswer(answer, permitted[0]?.address ?? host));
      });
      // also after the head: an error there comes out of the body as well
      sent.on('error', reject);
      sent.end();
    });
  };
}

function asAnswer(message: http.IncomingMessage, address: string): HttpAnswer {
  return {
    status: message.statusCode ?? 0,
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: message,
    address: message.socket.remoteAddress ?? address,
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
