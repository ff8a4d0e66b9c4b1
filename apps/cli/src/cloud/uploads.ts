/**
 * Long PDFs go to PageIndex Cloud where a key is set: it reads scans and finds sections better. A
 * document that leaves the machine is told before it does, once a run, unless it was asked for:
 * `--cloud`, `--no-cloud`, else `pageindex_cloud` in the settings of the knowledge base.
 *
 * An address that the knowledge base itself names may be anybody's: it gets documents only with `--cloud`.
 */
import type { AddRun } from '../add/add-source.ts';
import type { Incoming } from '../add/incoming.ts';
import type { FoundSource } from '../add/scan.ts';
import { explain } from '../explain.ts';
import type { Connection } from './connect.ts';
import { findCredentials, needCredentials } from './credentials.ts';
import { indexedInCloud } from './index-long.ts';

/** `auto`: where a key is set, and said. */
export type Choice = boolean | 'auto';

/** What one run of `add` has said and found out about uploads. */
export interface Uploads {
  /** `--cloud` or `--no-cloud`, where one was given. */
  readonly flag: boolean | undefined;
  /** `pageindex_cloud` of the knowledge base. */
  readonly setting: Choice;
  /** The documents that follow are not sent: why not was said. */
  stopped: boolean;
  announced: boolean;
}

/** What no other document of the run would fare better with. */
const LASTING = new Set([
  'unauthorized',
  'forbidden',
  'payment-required',
  'rate-limited',
  'network',
]);

/**
 * The document with what PageIndex Cloud found out about it; as it was, with a message, where that
 * could not be had.
 *
 * @throws {CliError} `no-key` with `--cloud`; what an interruption throws
 */
export async function indexInCloud(
  run: AddRun,
  source: FoundSource,
  incoming: Incoming,
): Promise<Incoming> {
  const { uploads, services, kb, lock } = run;
  if (!isLongPdf(run, incoming) || !(await mayUpload(run))) return incoming;
  if (run.dryRun || run.estimate)
    return withMessage(incoming, 'cloud-not-asked', 'It would go to PageIndex Cloud.');
  if (uploads.flag === true) await needCredentials(services, kb);
  const announce = (connection: Connection) => announceOnce(run, connection);
  try {
    const connection = await run.cloud();
    return await indexedInCloud(run, { source, incoming, connection, announce });
  } catch (error) {
    lock.signal.throwIfAborted();
    if (!(error instanceof Error) || !['PageIndexError', 'CliError'].includes(error.name))
      throw error;
    const { code, message } = explain(error);
    if (LASTING.has(code)) uploads.stopped = true;
    return withMessage(
      incoming,
      'cloud-not-used',
      `PageIndex Cloud did not index it, its sections were found here: ${message}.`,
    );
  }
}

function isLongPdf({ config }: AddRun, { document, staged, cloud }: Incoming): boolean {
  const pages = document.pages?.length ?? 0;
  const isPdf = document.format === 'pdf' && staged !== undefined && cloud === undefined;
  return isPdf && pages >= config.pageindex_threshold;
}

async function mayUpload({ uploads, services, kb, lock }: AddRun): Promise<boolean> {
  if (uploads.stopped || (uploads.flag ?? uploads.setting) === false) return false;
  const credentials = await findCredentials(services, kb);
  if (credentials === undefined || !credentials.foreignAddress || uploads.flag === true)
    return uploads.flag === true || credentials !== undefined;
  uploads.stopped = true;
  lock.reporter.warn(
    `long documents are not sent to "${credentials.baseUrl}", which the knowledge base itself names; --cloud sends them`,
  );
  return false;
}

function announceOnce({ uploads, lock }: AddRun, { credentials }: Connection): void {
  if (uploads.announced) return;
  uploads.announced = true;
  const { baseUrl, keyFrom, foreignKey } = credentials;
  const what = `long documents are sent to PageIndex Cloud (${baseUrl})`;
  // a setting and a key that came with the knowledge base are nobody's word but its own
  if (uploads.flag === true || (uploads.setting === true && !foreignKey)) lock.reporter.note(what);
  else
    lock.reporter.warn(
      `${what}, because PAGEINDEX_API_KEY is set in ${keyFrom}; --no-cloud, or 'pageindex_cloud: false' in .openkb/config.yaml, keeps them here`,
    );
}

function withMessage(incoming: Incoming, code: string, text: string): Incoming {
  const { document } = incoming;
  const messages = [...document.messages, { level: 'warning' as const, code, text }];
  return { ...incoming, document: { ...document, messages } };
}
