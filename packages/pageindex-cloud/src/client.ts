/** The client: each method is one endpoint, in terms of one request function and one retry function. */
import { PageIndexError } from './error.ts';
import { lacking, membersOf, readMetadata, readPages, readTree, statusIn } from './read.ts';
import { type Request, type Transport, send } from './request.ts';
import { type RetryPolicy, retrying } from './retry.ts';
import { submitOnce } from './submit.ts';
import {
  type CallOptions,
  type ClientOptions,
  type CloudMetadata,
  PAGEINDEX_CLOUD_URL,
  type PageIndexClient,
  type SubmitOptions,
  type Timeouts,
} from './types.ts';
import { notReady, refuseFailed, waitFor } from './wait.ts';

const TIMEOUTS: Timeouts = {
  short: 30_000,
  tree: 120_000,
  pages: 300_000,
  idle: 60_000,
  submit: 60_000,
  submitPerMegabyte: 10_000,
};
const MEGABYTE = 1_000_000;
/** Of one answer. */
const MOST_BYTES = 400 * MEGABYTE;
/** The service lists at most so many documents at once. */
const LIST_PAGE = 100;

const isTransient = (error: PageIndexError): boolean => error.transient;

const transportOf = ({
  apiKey,
  baseUrl = PAGEINDEX_CLOUD_URL,
  fetch,
  mostBytes = MOST_BYTES,
}: ClientOptions): Transport => {
  // what cannot stand in a header would come back in the text of an error
  if (!/^[\x21-\x7e]+$/.test(apiKey))
    throw new TypeError('the API key is empty or has characters that no key has');
  const origin = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (origin === undefined || !/^https?:$/.test(origin.protocol))
    throw new TypeError(`"${baseUrl}" is not an http(s) address`);
  if (origin.username !== '' || origin.password !== '')
    throw new TypeError('the address has a name or a password in it');
  return { origin, apiKey, fetch, mostBytes };
};

/** One client's state: how to send, how to try again, how long to wait. */
class Session {
  readonly policy: RetryPolicy;
  readonly timeouts: Timeouts;
  readonly #transport: Transport;

  constructor(options: ClientOptions) {
    const { retries = 3, clock, random = () => 0.5 } = options;
    this.policy = { retries, clock, random };
    this.timeouts = { ...TIMEOUTS, ...options.timeouts };
    this.#transport = transportOf(options);
  }

  once(request: Omit<Request, 'idle'>): Promise<unknown> {
    return send(this.#transport, { ...request, idle: this.timeouts.idle });
  }

  /** For requests that may be sent twice without harm. */
  call(request: Omit<Request, 'idle'>): Promise<unknown> {
    return retrying(this.policy, () => this.once(request), isTransient, request.signal);
  }

  async metadata(id: string, signal?: AbortSignal): Promise<CloudMetadata> {
    const subject = `document "${id}"`;
    const segments = ['doc', id, 'metadata'];
    const timeout = this.timeouts.short;
    return readMetadata(
      await this.call({ method: 'GET', segments, subject, timeout, signal }),
      subject,
    );
  }

  /** The tree or OCR answer of a completed document. */
  async result(
    id: string,
    what: 'tree' | 'pages',
    query: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const subject = `the ${what} of document "${id}"`;
    const timeout = this.timeouts[what];
    const answer = await this.call({
      method: 'GET',
      segments: ['doc', id],
      query,
      subject,
      timeout,
      signal,
    });
    const members = membersOf(answer);
    const status = statusIn(members);
    if (status === 'failed') refuseFailed(readMetadata({ id, ...members }, subject));
    const has = ['result', 'tree', 'structure', 'pages'].some(
      (name) => (members[name] ?? null) !== null,
    );
    if (status === 'completed' || (status === 'unknown' && (has || Array.isArray(answer))))
      return answer;
    throw notReady(id, status);
  }

  async list(most: number, signal?: AbortSignal): Promise<readonly CloudMetadata[]> {
    const found = new Map<string, CloudMetadata>();
    const subject = 'the list of documents';
    for (let offset = 0; found.size < most;) {
      const query = { limit: Math.min(LIST_PAGE, most), offset };
      const timeout = this.timeouts.short;
      // oxlint-disable-next-line no-await-in-loop -- each page says whether there is a next one
      const answer = await this.call({
        method: 'GET',
        segments: ['docs'],
        query,
        subject,
        timeout,
        signal,
      });
      const { documents, total, limit } = membersOf(answer);
      if (!Array.isArray(documents)) throw lacking('documents', membersOf(answer), subject);
      const before = found.size;
      for (const entry of documents) {
        const metadata = readMetadata(entry, subject);
        found.set(metadata.id, metadata);
      }
      offset += documents.length;
      const given = typeof limit === 'number' ? Math.min(limit, query.limit) : query.limit;
      const done = typeof total === 'number' && offset >= total;
      // an offset that is not heeded would give the same ones for ever
      if (done || documents.length < given || found.size === before) break;
    }
    return [...found.values()].slice(0, most);
  }

  submit(file: Blob, name: string, { folderId, signal }: SubmitOptions) {
    const { submit, submitPerMegabyte } = this.timeouts;
    const form = (): FormData => {
      const data = new FormData();
      data.append('file', file, name);
      if (folderId !== undefined) data.append('folder_id', folderId);
      return data;
    };
    const timeout = submit + (submitPerMegabyte * file.size) / MEGABYTE;
    const subject = `the upload of "${name}"`;
    return submitOnce({
      name,
      send: () => this.once({ method: 'POST', segments: ['doc'], form, subject, timeout, signal }),
      retrying: (attempt, again) => retrying(this.policy, attempt, again, signal),
      newest: () => this.list(LIST_PAGE, signal),
      policy: this.policy,
      signal,
    });
  }

  async delete(id: string, signal?: AbortSignal): Promise<boolean> {
    const subject = `the deletion of document "${id}"`;
    const timeout = this.timeouts.short;
    try {
      await this.call({ method: 'DELETE', segments: ['doc', id], subject, timeout, signal });
      return true;
    } catch (error) {
      if (error instanceof PageIndexError && error.code === 'not-found') return false;
      throw error;
    }
  }
}

/**
 * Makes a client of PageIndex Cloud. It reads nothing from the environment and talks to `baseUrl`
 * only. Every method takes a `signal`; when it is aborted, its reason is thrown. Everything else
 * that goes wrong is a `PageIndexError`.
 *
 * - `submit` uploads a PDF once and never twice; keep the id, because the service changes names
 * - `metadata` name, description, status, number of pages
 * - `wait` until the document is completed
 * - `tree` nodes with start pages and summaries; `not-ready` while processing; may be empty
 * - `pages` the OCR text of all pages with images, in one download
 * - `list` the newest first, all of them unless `most` is given
 * - `delete` whether there was such a document
 *
 * @throws {TypeError} for a key or an address that cannot be one, and for an id that is no path segment
 */
export const createClient = (options: ClientOptions): PageIndexClient => {
  const session = new Session(options);
  return {
    submit: (file, name, given = {}) => session.submit(file, name, given),
    metadata: (id, { signal }: CallOptions = {}) => session.metadata(id, signal),
    wait: (id, given = {}) =>
      waitFor(id, () => session.metadata(id, given.signal), session.policy, given),
    async tree(id, { signal } = {}) {
      const query = { type: 'tree', summary: 'true', include_text: 'false' };
      return readTree(
        await session.result(id, 'tree', query, signal),
        `the tree of document "${id}"`,
      );
    },
    async pages(id, { signal } = {}) {
      const query = { type: 'ocr', format: 'page' };
      return readPages(
        await session.result(id, 'pages', query, signal),
        `the pages of document "${id}"`,
      );
    },
    list: ({ most = Infinity, signal } = {}) => session.list(most, signal),
    delete: (id, { signal } = {}) => session.delete(id, signal),
  };
};
