import { extname } from 'node:path';

import type { ConvertedDocument } from '@openkb/converter';
import type { Change } from '@openkb/journal';
import type { Compilation, Compiler } from '@openkb/wiki-compiler';

import type { Config } from '../knowledge-base/config.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { rawPath, wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { type RecordingView, recordingView } from '../knowledge-base/wiki-view.ts';
import { compileDocument } from './compile.ts';
import { type Identity, identify, registeredPath, type SourceFacts } from './identify.ts';
import { ownFiles } from './own-files.ts';
import type { Received } from './receive.ts';
import { storedText } from './stored-text.ts';
import { unlinkRemoved } from './unlink-removed.ts';

/** All that adding a document means to do, as far as it can be known without the lock. */
export interface Plan {
  readonly facts: SourceFacts;
  readonly identity: Identity;
  readonly compilation: Compilation;
  /** Relative to the root. */
  readonly rawPath: string;
  readonly sourcePath: string;
  readonly long: boolean;
  readonly pageCount: number | undefined;
  /** The document's own files and its pages; registry, index and log come under the lock. */
  readonly changes: readonly Change[];
}

export interface PlanInputs {
  readonly received: Received;
  readonly document: ConvertedDocument;
  readonly compiler: Compiler;
  readonly config: Config;
  /** Its signal ends the compiling. */
  readonly lock: Pick<LockContext, 'signal'>;
  /** Resolves symbolic links. */
  readonly realPath: (path: string) => string;
}

/** Decides the name, compiles, and lists the changes. Writes nothing and takes no lock. */
export async function planDocument(kb: KnowledgeBase, inputs: PlanInputs): Promise<Plan> {
  const { received, document, config } = inputs;
  const facts = factsOf(kb, inputs);
  const identity = identify(facts, kb.registry(), kb.files);
  const { name } = identity;
  const stored = storedText(document, name, config.pageindex_threshold);
  const raw = rawPath(name, extname(received.source.name));
  const own = ownFiles(kb, { facts, identity, document, stored, raw, staged: received.staged });
  const view = recordingView(kb.files);
  const job = { name, document, stored, config, signal: inputs.lock.signal };
  const compilation = await compileDocument(inputs.compiler, job, view);
  return {
    facts,
    identity,
    compilation,
    rawPath: raw,
    sourcePath: stored.path,
    long: stored.form === 'json',
    pageCount: document.pages?.length,
    changes: [...own, ...pageChanges(compilation, view)],
  };
}

/** Pages to write and to remove; no page that stays links to one that goes. */
function pageChanges(compilation: Compilation, view: RecordingView): Change[] {
  const texts = new Map(compilation.pages.map(({ path, text }) => [path, text]));
  for (const { path, text } of unlinkRemoved(compilation, view)) texts.set(path, text);
  const { removals = [] } = compilation;
  const expect = (path: string) => view.expectation(path);
  return [
    ...[...texts].map(([path, text]): Change => ({
      kind: 'write',
      path: wikiPath(path),
      bytes: encodeText(text),
      expect: expect(path),
    })),
    ...removals.map((path): Change => ({
      kind: 'remove',
      path: wikiPath(path),
      expect: expect(path),
    })),
  ];
}

function factsOf(kb: KnowledgeBase, { received, realPath }: PlanInputs): SourceFacts {
  return {
    sha256: received.sha256,
    path: registeredPath(kb.root, realPath(received.source.path)),
    fileName: received.source.name,
  };
}
