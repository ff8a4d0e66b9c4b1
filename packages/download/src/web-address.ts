import { DownloadError } from './error.ts';

/** A URL to ask for, and what must never be shown. */
export interface WebAddress {
  /** Without credentials and fragment. */
  readonly url: URL;
  /** Value of the `Authorization` header, from the credentials that the URL held. */
  readonly authorization: string | undefined;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Whether a text names a place by a scheme that is not a drive's letter: `https://…`, `data:…`, `file:…`. */
export const isWebAddress = (text: string): boolean =>
  /^(?:[a-z][a-z0-9+.-]+:\/\/|(?:https?|data|mailto|file|ftps?):)/i.test(text.trim());

/** The text of a URL as it may be shown and stored. Also for a text that is no URL. */
export function withoutCredentials(text: string): string {
  return text.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]*)[^/\\?#]*@/i, '$1');
}

/**
 * Takes a URL apart.
 * @throws {DownloadError} `bad-url`, `unsupported-scheme`
 */
export function parseAddress(text: string): WebAddress {
  const shown = withoutCredentials(text.trim());
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch (cause) {
    throw new DownloadError('bad-url', `"${shown}" is no URL`, { cause: withoutInput(cause) });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const scheme = SCHEME.exec(shown)?.[0] ?? url.protocol;
    throw new DownloadError(
      'unsupported-scheme',
      `"${shown.slice(0, 200)}" cannot be downloaded: only http and https can, not "${scheme}"`,
      { hint: hintFor(url) },
    );
  }
  const authorization = authorizationOf(url);
  return { url: bare(url), authorization };
}

/** The URL without credentials and fragment. */
export function bare(url: URL): URL {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  copy.hash = '';
  return copy;
}

/** Value of an `Authorization` header from the credentials in a URL. */
export function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const text = `${decoded(username)}:${decoded(password)}`;
  return `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;
}

/** Percent-decoded as far as it is well formed. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Node's error of a bad URL carries the URL, credentials and all. */
const withoutInput = (cause: unknown): Error =>
  new TypeError(cause instanceof Error ? cause.message : 'Invalid URL');

function hintFor(url: URL): string {
  if (url.protocol === 'file:') return `Name the file by its path: ${decoded(url.pathname)}`;
  if (url.protocol === 'data:') return 'Save its content as a file and add that.';
  return 'Download it with another program and add the file.';
}
