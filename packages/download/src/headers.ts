/** Readers of the header fields that a download looks at (RFC 9110). */
import type { HttpAnswer } from './http/http.ts';

export interface ContentType {
  readonly mediaType?: string;
  readonly charset?: string;
}

export function contentType(answer: HttpAnswer): ContentType {
  const value = answer.header('content-type') ?? '';
  const mediaType = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)/.exec(value)?.[1]?.toLowerCase();
  const charset = /;\s*charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(value)?.[1]?.toLowerCase();
  return {
    ...(mediaType !== undefined && { mediaType }),
    ...(charset !== undefined && { charset }),
  };
}

/** Bytes of the body as it is sent; `undefined` where the server does not say, or says no number. */
export function contentLength(answer: HttpAnswer): number | undefined {
  const value = answer.header('content-length')?.trim() ?? '';
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** First byte and size of the whole in `Content-Range: bytes 5-9/10`; the size may be unknown. */
export function contentRange(
  answer: HttpAnswer,
): { readonly first: number; readonly total: number | undefined } | undefined {
  const found = /^bytes\s+(\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/i.exec(
    answer.header('content-range')?.trim() ?? '',
  );
  if (found === null) return undefined;
  return { first: Number(found[1]), total: found[2] === '*' ? undefined : Number(found[2]) };
}

/** Content codings in the order in which they were applied; those that change nothing left out. */
export function contentEncodings(answer: HttpAnswer): readonly string[] {
  const value = answer.header('content-encoding')?.toLowerCase() ?? '';
  return value
    .split(',')
    .map((one) => one.trim().replace(/^x-/, ''))
    .filter((one) => !['', 'identity', 'none', 'utf-8', 'binary'].includes(one));
}

/**
 * What `If-Range` takes: a strong entity tag, else a modification time that is strong because it is
 * older than the answer (RFC 9110, 8.8.2.2). `undefined`: a part of this cannot be told from a part of another.
 */
export function strongValidator(answer: HttpAnswer): string | undefined {
  if (answer.header('accept-ranges')?.trim().toLowerCase() === 'none') return undefined;
  const tag = answer.header('etag')?.trim();
  if (tag !== undefined && /^"[^"]*"$/.test(tag)) return tag;
  const modified = answer.header('last-modified');
  if (modified === undefined) return undefined;
  const age = Date.parse(answer.header('date') ?? '') - Date.parse(modified);
  return age >= 1000 ? modified : undefined;
}

/** `Retry-After` in milliseconds, from seconds or a date; the answer's own `Date` is the clock where it has one. */
export function retryAfter(answer: HttpAnswer, now: number): number | undefined {
  const value = answer.header('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  const sent = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(until) ? undefined : Math.max(0, until - (Number.isNaN(sent) ? now : sent));
}

/** The URL that `Link: <…>; rel="canonical"` names (RFC 6596). */
export function canonicalLink(answer: HttpAnswer, base: URL): string | undefined {
  const value = answer.header('link')?.slice(0, 10_000) ?? '';
  const found = /<([^<>]*)>\s*;[^<]*?\brel\s*=\s*"?canonical\b/i.exec(value)?.[1];
  if (found === undefined || !URL.canParse(found, base.href)) return undefined;
  const url = new URL(found, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.username = '';
  url.password = '';
  return url.href;
}
