/**
 * A long PDF by way of PageIndex Cloud: uploaded once, waited for, read. Uploads are billed, so that
 * none is made twice: the id is remembered as soon as it is known; where nothing is remembered, the
 * account is looked through for the document's hash, which is in the name of every upload of ours;
 * and while one process uploads, others wait. Interrupted or too late, the document is taken up
 * where it is by the next `add`.
 */
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { makeDirectories, readFile } from '@openkb/atomic-fs';
import { documentName } from '@openkb/wiki';

import type { AddRun } from '../add/add-source.ts';
import type { CloudFindings, Incoming } from '../add/incoming.ts';
import type { FoundSource } from '../add/scan.ts';
import { CliError } from '../errors.ts';
import { explain } from '../explain.ts';
import type { Connection } from './connect.ts';
import { recall, remember, uploadLockPath } from './remembered.ts';
import { sectionsOf, toDocument } from './to-document.ts';

export interface LongJob {
  readonly source: FoundSource;
  readonly incoming: Incoming;
  readonly connection: Connection;
  /** Called before the document leaves this machine. */
  readonly announce: (connection: Connection) => void;
}

/** How many of the newest documents are looked through for an earlier upload. */
const MOST_LISTED = 500;
/** Digits of the hash in the name of an upload. */
const DIGITS = 16;
/** Milliseconds between two tries for the turn to upload. */
const PAUSE = 200;
/** Milliseconds after which a state that has not changed is told again. */
const TELL_AGAIN = 60_000;

/** @throws {PageIndexError}, and {CliError} `no-sections`, `no-text` */
export async function indexedInCloud(run: AddRun, job: LongJob): Promise<Incoming> {
  const { source, incoming, connection } = job;
  const { client } = connection;
  const { signal } = run.lock;
  const id = await uploadedId(run, job);
  await waitUntilReady(run, job, id);
  run.onStep(source, 'fetch');
  const { readDocument } = await import('@openkb/pageindex-cloud');
  const found = await readDocument(client, id, { signal });
  if (found.messages.some(({ code }) => code === 'tree-empty'))
    throw new CliError('no-sections', `the section tree of document "${id}" is empty`);
  const document = merged(incoming.document, toDocument(found, 'cloud'));
  if (document.markdown === '') throw new CliError('no-text', `document "${id}" has no text`);
  const cloud: CloudFindings = {
    id,
    name: found.metadata.name,
    sections: sectionsOf(found),
    pageCount: found.pageCount,
  };
  return { ...incoming, document, cloud };
}

async function uploadedId(run: AddRun, job: LongJob): Promise<string> {
  const { kb } = run;
  const { sha256 } = job.incoming.facts;
  const { baseUrl } = job.connection.credentials;
  const known = recall(kb, sha256, baseUrl);
  if (known !== undefined) return known;
  const turn = await waitForTurn(run);
  try {
    const meanwhile = recall(kb, sha256, baseUrl);
    if (meanwhile !== undefined) return meanwhile;
    const id = (await findUploaded(run, job)) ?? (await upload(run, job));
    keep(run, sha256, { id, address: baseUrl });
    return id;
  } finally {
    turn?.release();
  }
}

/** An id that cannot be remembered is told: the document is in the cloud all the same. */
function keep(run: AddRun, sha256: string, remembered: { id: string; address: string }): void {
  try {
    remember(run, sha256, remembered);
  } catch (error) {
    run.lock.reporter.warn(
      `cannot remember that the document is "${remembered.id}" in PageIndex Cloud: ${explain(error).message}`,
    );
  }
}

async function findUploaded({ lock }: AddRun, { incoming, connection }: LongJob) {
  const mark = `-${incoming.facts.sha256.slice(0, DIGITS)}`;
  const { signal } = lock;
  const documents = await connection.client.list({ most: MOST_LISTED, signal });
  // one that has failed too: it would fail again
  return documents.find(({ name }) => name.includes(mark))?.id;
}

async function upload(run: AddRun, { source, incoming, connection, announce }: LongJob) {
  const { services, lock } = run;
  const { facts, staged = '' } = incoming;
  announce(connection);
  run.onStep(source, 'upload');
  const bytes = readFile(services.fileSystem, staged) as Uint8Array<ArrayBuffer>;
  const file = new Blob([bytes]);
  const { signal } = lock;
  const { id } = await connection.client.submit(file, uploadName(facts.fileName, facts.sha256), {
    signal,
  });
  return id;
}

/** A name that no naming rule changes, by which the upload is found again. */
function uploadName(fileName: string, sha256: string): string {
  const stem = documentName(fileName.replace(/\.[^.]*$/, ''));
  const short = Array.from(stem).slice(0, 30).join('');
  return `${short}-${sha256.slice(0, DIGITS)}.pdf`;
}

async function waitUntilReady(run: AddRun, { source, incoming, connection }: LongJob, id: string) {
  const { services, lock } = run;
  const begin = services.clock().getTime();
  let told = { status: '', at: 0 };
  try {
    await connection.client.wait(id, {
      pages: incoming.document.pages?.length ?? 0,
      signal: lock.signal,
      onStatus: ({ status }) => {
        const at = services.clock().getTime() - begin;
        if (status === 'completed') return;
        if (status === told.status && at - told.at < TELL_AGAIN) return;
        told = { status, at };
        run.onStep(source, 'wait', `${status}, ${Math.round(at / 1000)} s`);
      },
    });
  } catch (error) {
    lock.signal.throwIfAborted();
    const { code, message } = explain(error);
    if (code !== 'wait-timeout') throw error;
    throw new CliError(
      code,
      `${message}. Then 'openkb add --force ${source.shown}' takes its sections, and 'openkb add --from-pageindex-cloud ${id}' imports it as a document of its own`,
      { cause: error },
    );
  }
}

/** Text and pictures of the cloud, pages that it lacks from here; title and facts from here. */
function merged(local: Incoming['document'], cloud: Incoming['document']): Incoming['document'] {
  const there = new Map((cloud.pages ?? []).map((page) => [page.page, page]));
  const lacking = (local.pages ?? []).filter(({ page }) => !there.has(page));
  for (const page of lacking) there.set(page.page, page);
  const pages = [...there.values()].toSorted((a, b) => a.page - b.page);
  const shown = new Set(lacking.flatMap(({ images }) => images));
  const images = local.images.filter(({ name }) => shown.has(name));
  return {
    ...local,
    pages,
    images: [...cloud.images, ...images],
    markdown: pages
      .map(({ markdown }) => markdown.trim())
      .filter(Boolean)
      .join('\n\n'),
    messages: [...local.messages.filter(({ code }) => code !== 'scanned-pages'), ...cloud.messages],
  };
}

/** Another process may upload the same document right now. */
async function waitForTurn({ services, kb, lock }: AddRun) {
  const path = uploadLockPath(kb);
  for (let tries = 0; ; tries += 1) {
    lock.signal.throwIfAborted();
    try {
      makeDirectories(kb.fileSystem, dirname(path));
      const turn = services.locks().tryLock(path, 'exclusive');
      if (turn !== undefined) return turn;
    } catch {
      // a cache that cannot be written: the account is looked through all the same
      return undefined;
    }
    if (tries === 10) lock.reporter.note('waiting for another openkb add that uploads a document');
    // oxlint-disable-next-line no-await-in-loop -- one try after the other is what waiting is
    await sleep(PAUSE);
  }
}
