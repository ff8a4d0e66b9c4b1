import { type CloudDocument, readDocument } from '@openkb/pageindex-cloud';

import type { AddRun } from '../add/add-source.ts';
import { cloudFacts } from '../add/identify.ts';
import type { Incoming, Known } from '../add/incoming.ts';
import type { FoundSource } from '../add/scan.ts';
import { CliError } from '../errors.ts';
import { nameOf, type Registry, type RegistryEntry } from '../knowledge-base/registry.ts';
import { lastName, sectionsOf, toDocument } from './to-document.ts';

/** Longest name that is registered, in characters. */
const MOST_NAME = 500;

/**
 * Fetches a document of PageIndex Cloud: three requests, all of them GET, and no lock. Which name it
 * gets, and whether another process has imported it meanwhile, is decided at the commit.
 *
 * @throws {PageIndexError}
 * @throws {CliError} `no-key`, `no-sections`
 */
export async function importFromCloud(
  run: AddRun,
  source: FoundSource,
  id: string,
): Promise<Incoming | Known> {
  const { kb, lock } = run;
  const known = registered(kb.registry(), id);
  if (known !== undefined && !run.force) return { knownAs: nameOf(known) };
  run.onStep(source, 'fetch');
  const { client } = await run.cloud();
  const found = await readDocument(client, id, { signal: lock.signal });
  refuseWithoutSections(found, source);
  const document = toDocument(found);
  const { name } = found.metadata;
  return {
    facts: cloudFacts(id, lastName(name) || id),
    document,
    cloud: {
      id,
      name: name.slice(0, MOST_NAME) || id,
      sections: sectionsOf(found),
      pageCount: found.pageCount,
    },
  };
}

/** As an import, or as a long document that was indexed in the cloud. */
function registered(registry: Registry, id: string): RegistryEntry | undefined {
  const imported = registry.get(cloudFacts(id, id).sha256);
  return imported ?? [...registry.values()].find((entry) => entry['doc_id'] === id);
}

function refuseWithoutSections({ messages }: CloudDocument, { shown }: FoundSource): void {
  if (!messages.some(({ code }) => code === 'tree-empty')) return;
  throw new CliError('no-sections', `cannot add "${shown}": its section tree is empty`, {
    hint: 'Add the PDF itself: its sections are then found here.',
  });
}
