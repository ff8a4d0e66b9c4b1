/** Which proxy a request goes through, after the custom of the variables `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`. */
import { DownloadError } from '../error.ts';
import { authorizationOf } from '../web-address.ts';

export interface ProxySettings {
  /** For http, and for https where there is no other. The scheme may be left out. */
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  /** Hosts that are reached without, separated by commas: `example.org` with all below it, `*` for all. */
  readonly none?: string | undefined;
}

export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** Value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** @throws {DownloadError} `proxy`, where the address is none of an http proxy */
export function proxyFor(url: URL, { http, https, none = '' }: ProxySettings): Proxy | undefined {
  const given = (url.protocol === 'https:' ? https?.trim() || http : http)?.trim();
  if (!given || LOOPBACK.test(url.hostname) || isExempt(url, none)) return undefined;
  const address = given.includes('://') ? given : `http://${given}`;
  if (!URL.canParse(address) || new URL(address).protocol !== 'http:')
    throw new DownloadError(
      'proxy',
      `"${url.href}" cannot be reached: its proxy is no http proxy`,
      {
        hint: 'Correct HTTP_PROXY or HTTPS_PROXY, or put the host into NO_PROXY.',
      },
    );
  const proxy = new URL(address);
  return {
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: Number(proxy.port || 80),
    authorization: authorizationOf(proxy),
  };
}

function isExempt({ hostname, port, protocol }: URL, none: string): boolean {
  const own = port || (protocol === 'https:' ? '443' : '80');
  return none.split(/[\s,]+/).some((entry) => {
    const [, name = '', only] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (entry === '*') return true;
    if (name === '' || (only !== undefined && only !== own)) return false;
    return hostname === name || hostname.endsWith(`.${name}`);
  });
}
