/** What statuses and errors of the system mean. */
import { STATUS_CODES } from 'node:http';

import { DownloadError, type DownloadErrorCode, type ErrorDetails } from './error.ts';
import { retryAfter } from './headers.ts';
import type { HttpAnswer } from './http/http.ts';

type Meaning = readonly [code: DownloadErrorCode, what: string, hint?: string];

const LOGIN = 'Open it in a browser, save it, and add the file.';
const LATER = 'Try again later.';
const CHECK = 'Check the address.';

const STATUSES: Readonly<Record<number, Meaning>> = {
  401: ['login-needed', 'needs a login', LOGIN],
  402: ['forbidden', 'wants to be paid for', LOGIN],
  403: ['forbidden', 'may not be read from here', LOGIN],
  404: ['not-found', 'was not found', CHECK],
  407: ['login-needed', 'needs a login at a proxy', LOGIN],
  408: ['no-answer', 'was asked for too slowly', LATER],
  410: ['not-found', 'is no longer there', CHECK],
  429: ['rate-limited', 'has been asked for too often', LATER],
  451: ['forbidden', 'may not be read for legal reasons'],
};

const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The error of an answer that is no success. */
export function statusError(shown: string, answer: HttpAnswer, now: number): DownloadError {
  const { status } = answer;
  const unavailable: Meaning = ['unavailable', 'cannot be had: the server has a fault', LATER];
  const other: Meaning = ['http-error', 'cannot be had'];
  const [code, what, hint] = STATUSES[status] ?? (status >= 500 ? unavailable : other);
  const after = retryAfter(answer, now);
  const name = STATUS_CODES[status];
  return new DownloadError(
    code,
    `"${shown}" ${what} (${status}${name === undefined ? '' : ` ${name}`})`,
    {
      status,
      transient: TRANSIENT.has(status) || status >= 520,
      ...(hint !== undefined && { hint }),
      ...(after !== undefined && { retryAfter: after }),
    },
  );
}

/** Asked of a resolver that cannot tell now. */
const UNRESOLVED = new Set(['EAI_AGAIN', 'ESERVFAIL', 'ETIMEOUT']);
const REFUSED = /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES)$/;
const LOST = /^(?:ECONNRESET|ECONNABORTED|EPIPE|ENETDOWN|ENETRESET)$/;
const UNTRUSTED = /CERT|^UNABLE_TO|^ERR_TLS|^ERR_SSL|^HOSTNAME_MISMATCH$|SIGNATURE/;

/**
 * The error of a request or a body that failed; `undefined` for an error that is not the network's.
 *
 * @param begun whether bytes had arrived before: then also a refusal may pass
 */
export function networkError(
  shown: string,
  cause: unknown,
  begun: boolean,
): DownloadError | undefined {
  const code = codeOf(cause);
  const fail = (kind: DownloadErrorCode, what: string, details: ErrorDetails = {}) =>
    new DownloadError(kind, `"${shown}" ${what}`, { cause, ...details });
  if (code === 'ENOTFOUND' || code === 'EAI_NONAME' || code === 'ENODATA')
    return fail('host-not-found', 'cannot be reached: there is no host of that name', {
      hint: 'Check the address, and that this machine is online.',
      transient: begun,
    });
  if (UNRESOLVED.has(code))
    return fail(
      'host-not-found',
      `cannot be reached: its host's name cannot be resolved (${code})`,
      {
        hint: 'Check that this machine is online.',
        transient: true,
      },
    );
  if (code === 'ETIMEDOUT')
    return fail('no-answer', 'did not answer (ETIMEDOUT)', { transient: true, hint: LATER });
  if (REFUSED.test(code))
    return fail('refused', `cannot be reached: the connection was refused (${code})`, {
      hint: 'Check the address, and that the server runs.',
      transient: begun,
    });
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER')
    return fail('bad-answer', 'does not answer as an https server does', {
      hint: 'Perhaps it speaks http only: try http:// in place of https://.',
    });
  if (UNTRUSTED.test(code))
    return fail('certificate', `has no certificate that this machine trusts (${code})`, {
      hint: 'If you trust it, name its authority with NODE_EXTRA_CA_CERTS.',
    });
  if (code === 'HPE_HEADER_OVERFLOW')
    return fail('bad-answer', 'answers with a head that is too long');
  if (code.startsWith('HPE_')) return fail('bad-answer', `does not answer in HTTP (${code})`);
  if (LOST.test(code))
    return fail('network', `broke the connection off (${code})`, { transient: true, hint: LATER });
  return undefined;
}

/** Of the error or what caused it. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
}
