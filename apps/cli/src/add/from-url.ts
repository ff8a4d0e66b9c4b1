import { join } from 'node:path';

import { hashBytes, readFile } from '@openkb/atomic-fs';
import type { Staging } from '@openkb/journal';

import { imagesPath } from '../knowledge-base/layout.ts';
import { convertWeb, type WebDocument } from '../web/convert-web.ts';
import { fetchSource } from '../web/fetch.ts';
import { StagedSink } from '../web/staged-sink.ts';
import type { WebSource } from '../web/web-source.ts';
import type { AddRun } from './add-source.ts';
import { identify, type SourceFacts } from './identify.ts';
import type { Incoming, Known } from './incoming.ts';
import { pause } from './pause.ts';
import { conversionOptions } from './receive.ts';
import { registeredAs } from './registered.ts';
import { storedText } from './stored-text.ts';

/** A web source becomes ours, all of it or nothing, and a document. */
export async function fromUrl(
  run: AddRun,
  source: WebSource,
  staging: Staging,
): Promise<Incoming | Known> {
  const { services, lock } = run;
  run.onStep(source, 'fetch');
  const staged = join(staging.directory, 'source');
  const sink = new StagedSink(services.fileSystem, staged);
  const { download, sha256 } = await fetched(run, source, sink);
  const knownAs = await registeredAs(run, sha256);
  if (knownAs !== undefined) return { knownAs };
  await pause(lock.signal);
  run.onStep(source, 'convert');
  const bytes = readFile(services.fileSystem, staged);
  const web = await convertWeb(services, { download, bytes }, conversionOptions(run));
  const facts = { sha256, path: download.url, fileName: web.fileName };
  if (web.isPage && !run.force) {
    const name = unchanged(run, facts, web);
    if (name !== undefined) return { knownAs: name };
  }
  return { facts, document: web.document, staged };
}

async function fetched(run: AddRun, source: WebSource, sink: StagedSink) {
  const { services, lock, allowPrivateNetwork } = run;
  try {
    const download = await fetchSource(services, source, {
      sink,
      signal: lock.signal,
      reporter: lock.reporter,
      allowPrivateNetwork,
      onState: (state) => run.onStep(source, 'fetch', state),
    });
    return { download, sha256: sink.finish() };
  } finally {
    sink.close();
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
