import { farther, isNearer, type Scope } from './address/scope.ts';
import { DownloadError } from './error.ts';
import { AddressRefused, type HttpAnswer, type HttpGet } from './http/http.ts';
import { bare, type WebAddress, withoutCredentials } from './web-address.ts';

export interface FollowOptions {
  readonly http: HttpGet;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Redirects at most. */
  readonly redirects: number;
  readonly allowPrivateNetwork: boolean;
  readonly scopeOf: (address: string) => Scope;
  /** The nearest that the way may begin. */
  readonly reached: Scope;
  /** Told where what was asked for lies. */
  readonly onFirst: (scope: Scope) => void;
}

export interface Followed {
  readonly answer: HttpAnswer;
  /** Of the answer. */
  readonly url: URL;
  /** An https URL led to an http one on the way. */
  readonly unencrypted: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for a URL and goes where the answers lead. What was asked for is trusted wherever it lies. A
 * redirect is followed only to addresses that are no nearer to this machine than every server on
 * the way so far: from the public network to public ones only. Credentials go to the origin that
 * they were given for.
 *
 * @throws {DownloadError} `redirect-loop`, `too-many-redirects`, `bad-redirect`, `private-address`;
 *   and whatever the port throws
 */
export async function follow(asked: WebAddress, options: FollowOptions): Promise<Followed> {
  const visited = new Set<string>();
  let { url } = asked;
  let { reached } = options;
  let unencrypted = false;
  for (;;) {
    visited.add(url.href);
    // oxlint-disable-next-line no-await-in-loop -- a redirect is known only from the answer before
    const answer = await request(asked, url, reached, options);
    const scope = scopeOfAnswer(answer, options);
    if (visited.size === 1) options.onFirst(scope);
    const location = answer.header('location');
    if (!REDIRECTS.has(answer.status) || location === undefined)
      return { answer, url, unencrypted };
    answer.close();
    const next = target(asked, url, location);
    if (visited.has(next.href))
      throw fail(asked, 'redirect-loop', 'leads in a circle', {
        hint: 'It may need a login or cookies: open it in a browser, save it, and add the file.',
      });
    if (visited.size > options.redirects)
      throw fail(asked, 'too-many-redirects', `leads on more than ${options.redirects} times`);
    if (url.protocol === 'https:' && next.protocol === 'http:') unencrypted = true;
    reached = farther(reached, scope);
    url = next;
  }
}

/** Behind a proxy that knows a host which we do not know, the public network begins. */
const scopeOfAnswer = ({ address }: HttpAnswer, { scopeOf }: FollowOptions): Scope =>
  address === undefined ? 'public' : scopeOf(address);

async function request(
  asked: WebAddress,
  url: URL,
  reached: Scope,
  { http, headers, signal, allowPrivateNetwork, scopeOf }: FollowOptions,
): Promise<HttpAnswer> {
  const permits = (address: string) => allowPrivateNetwork || !isNearer(scopeOf(address), reached);
  const { authorization } = asked;
  const trusted = url.origin === asked.url.origin;
  try {
    const answer = await http({
      url,
      headers: { ...headers, ...(trusted && authorization !== undefined && { authorization }) },
      permits,
      signal,
    });
    if (answer.address === undefined || permits(answer.address)) return answer;
    answer.close();
    throw new AddressRefused(answer.address);
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
    throw fail(
      asked,
      'private-address',
      `leads to "${url.origin}" (${error.address}), which is not in the public network`,
      { hint: 'If you trust the site, allow it with --allow-private-network.', cause: error },
    );
  }
}

function target(asked: WebAddress, from: URL, location: string): URL {
  // headers are read as Latin-1, and servers send UTF-8
  const text = Buffer.from(location, 'latin1').toString('utf8');
  const readable = text.includes('\uFFFD') ? location : text;
  const shown = withoutCredentials(readable.slice(0, 200));
  if (!URL.canParse(readable, from.href))
    throw fail(asked, 'bad-redirect', `leads to "${shown}", which is no URL`);
  const next = bare(new URL(readable, from));
  if (next.protocol !== 'http:' && next.protocol !== 'https:')
    throw fail(asked, 'bad-redirect', `leads to "${shown}", which is neither http nor https`);
  return next;
}

function fail(
  { url }: WebAddress,
  code: 'redirect-loop' | 'too-many-redirects' | 'bad-redirect' | 'private-address',
  what: string,
  details: { readonly hint?: string; readonly cause?: unknown } = {},
): DownloadError {
  return new DownloadError(code, `"${url.href}" ${what}`, details);
}
