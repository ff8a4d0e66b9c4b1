import type { Staging } from '@openkb/journal';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import type { AddRun } from './add-source.ts';
import { registeredPath, type SourceFacts } from './identify.ts';
import type { Incoming, Known } from './incoming.ts';
import { pause } from './pause.ts';
import { conversionOptions, convertReceived, receive, type Received } from './receive.ts';
import { registeredAs } from './registered.ts';
import type { FoundSource } from './scan.ts';

/** A file becomes ours, and a document. */
export async function fromFile(
  run: AddRun,
  source: FoundSource,
  staging: Staging,
): Promise<Incoming | Known> {
  const { services, kb, lock } = run;
  run.onStep(source, 'read');
  const received = receive(services, staging, source);
  const knownAs = await registeredAs(run, received.sha256);
  if (knownAs !== undefined) return { knownAs };
  await pause(lock.signal);
  run.onStep(source, 'convert');
  const document = await convertReceived(services, received, conversionOptions(run));
  return { facts: factsOf(kb, services, received), document, staged: received.staged };
}

function factsOf(kb: KnowledgeBase, services: Services, received: Received): SourceFacts {
  return {
    sha256: received.sha256,
    path: registeredPath(kb.root, services.realPath(received.source.path)),
    fileName: received.source.name,
  };
}
