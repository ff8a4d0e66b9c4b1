import { LanguageModelError } from '../error.ts';

/** Reached without a proxy, always. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface PatientFetchOptions {
  /**
   * Milliseconds of silence, before the headers or within the body, after which a connection is given up.
   * Default one hour: the deadlines of the requests are what counts.
   */
  readonly silenceMs?: number | undefined;
  /** Milliseconds to connect. Default 10 seconds. */
  readonly connectMs?: number | undefined;
  /** Addresses of proxies, as `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` give them. */
  readonly proxy?:
    | {
        readonly http?: string | undefined;
        readonly https?: string | undefined;
        /** Hosts that are reached without it, separated by commas. */
        readonly none?: string | undefined;
      }
    | undefined;
}

/** As `fetch`, with an end. */
export interface PatientFetch {
  readonly fetch: typeof globalThis.fetch;
  /** Ends all connections, for which a process would wait for a few seconds. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * A `fetch` for models that think for long: Node's own gives up when no header has come for five minutes,
 * and knows no proxies. It keeps connections alive; make one for the whole process. `undici` is loaded at
 * the first call, which throws `bad-setting` where a proxy's address is none.
 */
export function patientFetch(options: PatientFetchOptions = {}): PatientFetch {
  let client: ReturnType<typeof connect> | undefined;
  let closed = false;
  return {
    async fetch(input, init) {
      const { fetch, dispatcher } = await (client ??= connect(options));
      // the two libraries describe one standard with types that differ in small things
      return fetch(input as never, { ...init, dispatcher } as never);
    },
    async close() {
      if (closed || !client) return;
      closed = true;
      const { dispatcher } = await client;
      await dispatcher.destroy();
    },
  };
}

async function connect(options: PatientFetchOptions) {
  const undici = await import('undici');
  // bundlers give a CommonJS module its default alone
  const { Agent, EnvHttpProxyAgent, fetch } =
    (undici.default as unknown as typeof undici) ?? undici;
  const { silenceMs = 3_600_000, connectMs = 10_000, proxy } = options;
  const common = {
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: { timeout: connectMs },
  };
  const http = proxyAddress(proxy?.http);
  const https = proxyAddress(proxy?.https) ?? http;
  const dispatcher =
    http === undefined && https === undefined
      ? new Agent(common)
      : new EnvHttpProxyAgent({
          ...common,
          // given, so that it does not look into the environment
          httpProxy: http ?? '',
          httpsProxy: https ?? '',
          noProxy: [...LOOPBACK, proxy?.none ?? ''].join(','),
        });
  return { fetch, dispatcher };
}

/** The scheme may be left out, as users do. The value may hold a login, and is in no error. */
function proxyAddress(given: string | undefined): string | undefined {
  const value = given?.trim();
  if (!value) return undefined;
  const address = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(address) && /^https?:$/u.test(new URL(address).protocol)) return address;
  throw new LanguageModelError('bad-setting', 'The address of the proxy is not an http address.', {
    hint: 'Correct HTTP_PROXY or HTTPS_PROXY, or put the host of the model into NO_PROXY.',
  });
}
