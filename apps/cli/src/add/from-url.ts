import { hashBytes, readFile } from '@openkb/atomic-fs';
import type { Download } from '@openkb/download';
import type { Staging } from '@openkb/journal';

import { imagesPath } from '../knowledge-base/layout.ts';
import { convertWeb, type WebDocument } from '../web/convert-web.ts';
import { fetchedOrKept } from '../web/fetched-or-kept.ts';
import { forgetDownload, keepDownload } from '../web/kept-downloads.ts';
import type { WebSource } from '../web/web-source.ts';
import type { AddRun } from './add-source.ts';
import { identify, type SourceFacts } from './identify.ts';
import type { Incoming, Known } from './incoming.ts';
import { pause } from './pause.ts';
import { conversionOptions, refuseText } from './receive.ts';
import { registeredAs } from './registered.ts';
import { storedText } from './stored-text.ts';

/** A web source becomes ours, all of it or nothing, and a document. */
export async function fromUrl(
  run: AddRun,
  source: WebSource,
  staging: Staging,
): Promise<Incoming | Known> {
  const { services, kb, lock } = run;
  run.onStep(source, 'fetch');
  const { download, sha256, staged, isKept } = await fetchedOrKept(run, source, staging);
  const known = (name: string): Known => {
    forgetDownload(kb, source.path);
    return { knownAs: name };
  };
  const knownAs = await registeredAs(run, sha256);
  if (knownAs !== undefined) return known(knownAs);
  await pause(lock.signal);
  run.onStep(source, 'convert');
  const bytes = readFile(services.fileSystem, staged);
  const web = await convertedOrForgotten(run, source, { download, bytes });
  const facts = { sha256, path: download.url, fileName: web.fileName };
  if (web.isPage && !run.force) {
    const name = unchanged(run, facts, web);
    if (name !== undefined) return known(name);
  }
  // whatever happens to its document now, its bytes are worth keeping
  if (!isKept) keepDownload(kb, services, { download, sha256, staged });
  return { facts, document: web.document, staged };
}

/** What cannot be read is not kept: the next try may be given something else. */
async function convertedOrForgotten(
  run: AddRun,
  source: WebSource,
  read: { readonly download: Download; readonly bytes: Uint8Array },
): Promise<WebDocument> {
  try {
    const web = await convertWeb(run.services, read, conversionOptions(run));
    refuseText(web.document, source);
    return web;
  } catch (error) {
    if (!run.lock.signal.aborted) forgetDownload(run.kb, source.path);
    throw error;
  }
}

/**
 * The document's name where the page reads as it did: the bytes of many pages are others each time, by
 * the hour that they show or by a number against forgery.
 */
function unchanged(
  { kb, config }: AddRun,
  facts: SourceFacts,
  { document }: WebDocument,
): string | undefined {
  const { name, previous } = identify(facts, kb.registry(), kb.files);
  if (previous === undefined) return undefined;
  const stored = storedText(document, name, config.pageindex_threshold);
  if (kb.files.text(stored.path).text !== stored.text) return undefined;
  const isThere = (image: { name: string; bytes: Uint8Array }) => {
    const found = kb.files.expectation(`${imagesPath(name)}/${image.name}`);
    return found !== 'absent' && found.sha256 === hashBytes(image.bytes).sha256;
  };
  return document.images.every(isThere) ? name : undefined;
}
