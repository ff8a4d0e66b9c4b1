/**
 * Uploading a document without ever paying twice. An upload is tried again only where it surely did
 * not arrive or was refused for load (429, 503). After any other lost answer the newest documents
 * are listed: exactly one that was not there before and has this name is taken as ours; otherwise
 * the upload stops and says so.
 */
import { PageIndexError } from './error.ts';
import { membersOf, required } from './read.ts';
import { jittered } from './retry.ts';
import type { RetryPolicy } from './retry.ts';
import type { CloudMetadata, Submission } from './types.ts';

export interface Upload {
  readonly name: string;
  /** Sends the file once; the answer as JSON. */
  readonly send: () => Promise<unknown>;
  /** Runs an attempt with the client's retries. */
  readonly retrying: (
    attempt: () => Promise<unknown>,
    again: (error: PageIndexError) => boolean,
  ) => Promise<unknown>;
  /** The newest documents of the account. */
  readonly newest: () => Promise<readonly CloudMetadata[]>;
  readonly policy: RetryPolicy;
  readonly signal: AbortSignal | undefined;
}

/** Pauses before the newest documents are looked through for the upload. */
const LOOKS = [2000, 6000] as const;
/** The service cuts names of more than 180 bytes and appends a hash of 8 digits. */
const LONG_NAME = 160;
const HASH = 8;

const stemKey = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.[^.]*$/, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Whether the service may have given this name to a file of ours: the same, numbered, or cut. */
export const isNameOf = (theirs: string, ours: string): boolean => {
  const [their, our] = [stemKey(theirs), stemKey(ours)];
  if (their === our) return true;
  if (their.startsWith(our) && /^\d{1,2}$/.test(their.slice(our.length))) return true;
  const cut = their.slice(0, -HASH);
  return Buffer.byteLength(ours) > LONG_NAME && cut.length > HASH && our.startsWith(cut);
};

const again = (error: PageIndexError): boolean =>
  !error.arrived || error.status === 429 || error.status === 503;

/** Whether the document may have been made though the answer says otherwise or is lost. */
const isUncertain = (error: unknown): error is PageIndexError => {
  if (!(error instanceof PageIndexError) || again(error)) return false;
  const { code, status = 0 } = error;
  return status >= 500 || ['network', 'timeout', 'unreadable-answer'].includes(code);
};

/** The newest documents before an upload. */
interface Before {
  readonly ids: ReadonlySet<string>;
  /** When the newest of them was made, ISO 8601; '' where that is not known. */
  readonly newest: string;
}

/** `undefined` where the account cannot be listed, so that a lost upload could not be found again. */
const lookBefore = async (upload: Upload): Promise<Before | undefined> => {
  try {
    const documents = await upload.newest();
    const newest =
      documents
        .map(({ createdAt = '' }) => createdAt)
        .toSorted()
        .at(-1) ?? '';
    return { ids: new Set(documents.map(({ id }) => id)), newest };
  } catch (error) {
    const unlisted = ['forbidden', 'not-found', 'invalid-request', 'http-error'];
    if (error instanceof PageIndexError && unlisted.includes(error.code)) return undefined;
    throw error;
  }
};

/** Not there before, not older than what was there, and of our name. */
const isOurs = ({ id, name, createdAt = '' }: CloudMetadata, ours: string, before: Before) =>
  !before.ids.has(id) && (createdAt === '' || createdAt >= before.newest) && isNameOf(name, ours);

const adopt = async (
  upload: Upload,
  before: Before | undefined,
  cause: PageIndexError,
): Promise<Submission> => {
  let found: readonly CloudMetadata[] = [];
  for (const pause of before === undefined ? [] : LOOKS) {
    // oxlint-disable-next-line no-await-in-loop -- a look follows the pause
    await upload.policy.clock.sleep(jittered(pause, upload.policy.random), upload.signal);
    // oxlint-disable-next-line no-await-in-loop
    const newest = await upload.newest();
    found = newest.filter((one) => before !== undefined && isOurs(one, upload.name, before));
    const [only] = found;
    if (only && found.length === 1) return { id: only.id, name: only.name, adopted: true };
    if (found.length > 1) break;
  }
  const what =
    found.length > 1
      ? `${found.length} new documents have its name`
      : 'no new document has its name';
  throw new PageIndexError(
    'upload-uncertain',
    `The answer to the upload of "${upload.name}" was lost, and ${what}.`,
    { cause, hint: 'Look at the documents of the account before uploading it again.' },
  );
};

/** Uploads the file; see the head of this file. */
export const submitOnce = async (upload: Upload): Promise<Submission> => {
  const before = await lookBefore(upload);
  const subject = `the upload of "${upload.name}"`;
  try {
    const answer = membersOf(await upload.retrying(upload.send, again));
    const id = required(answer, ['doc_id', 'id', 'docId'], subject);
    const name = answer['name'];
    return typeof name === 'string' ? { id, name, adopted: false } : { id, adopted: false };
  } catch (error) {
    if (!isUncertain(error)) throw error;
    return adopt(upload, before, error);
  }
};
