import { extname } from 'node:path';

import type { ConvertedDocument } from '@openkb/converter';
import type { Change } from '@openkb/journal';
import type { Compilation, Compiler } from '@openkb/wiki-compiler';

import type { Config } from '../knowledge-base/config.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { imagesPath, rawPath, sourceTextPath, wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { type RecordingView, recordingView } from '../knowledge-base/wiki-view.ts';
import { compileDocument } from './compile.ts';
import { type Identity, identify, registeredPath, type SourceFacts } from './identify.ts';
import type { Received } from './receive.ts';
import { shownImages, storedText } from './stored-text.ts';
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
  const view = recordingView(kb.files);
  const compilation = await compileDocument(
    inputs.compiler,
    { name, document, stored, config },
    view,
  );
  const raw = rawPath(name, extname(received.source.name));
  return {
    facts,
    identity,
    compilation,
    rawPath: raw,
    sourcePath: stored.path,
    long: stored.form === 'json',
    pageCount: document.pages?.length,
    changes: [
      ...originalChanges(kb, { facts, raw, staged: received.staged }),
      write(kb, stored.path, encodeText(stored.text)),
      ...imageChanges(kb, document, name),
      ...staleFiles(kb, identity, stored.path, document),
      ...pageChanges(compilation, view),
    ],
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

interface Original {
  readonly facts: SourceFacts;
  readonly raw: string;
  readonly staged: string;
}

/** The original goes to `raw/`; one that lies there under another name is renamed. */
function originalChanges(kb: KnowledgeBase, { facts, raw, staged }: Original): Change[] {
  const renamed = facts.path.startsWith('raw/') && facts.path !== raw;
  return [
    { kind: 'publish', path: raw, staged, expect: expectation(kb, raw) },
    ...(renamed
      ? [{ kind: 'remove', path: facts.path, expect: { sha256: facts.sha256 } } as const]
      : []),
  ];
}

function imageChanges(kb: KnowledgeBase, { images }: ConvertedDocument, name: string): Change[] {
  return images.map((image) => write(kb, `${imagesPath(name)}/${image.name}`, image.bytes));
}

/** What the document's last form had and this one has not: its other text form, its lost pictures. */
function staleFiles(
  kb: KnowledgeBase,
  { name, previous }: Identity,
  path: string,
  { images }: ConvertedDocument,
): Change[] {
  if (previous === undefined) return [];
  const kept = new Set([path, ...images.map((image) => `${imagesPath(name)}/${image.name}`)]);
  const texts = [sourceTextPath(name, 'md'), sourceTextPath(name, 'json')];
  const shown = texts.flatMap((text) => [...shownImages(kb.files.text(text).text ?? '', name)]);
  return [...texts, ...new Set(shown)]
    .filter((old) => !kept.has(old) && kb.files.has(old))
    .map((old) => ({ kind: 'remove', path: old, expect: expectation(kb, old) }));
}

function write(kb: KnowledgeBase, path: string, bytes: Uint8Array): Change {
  return { kind: 'write', path, bytes, expect: expectation(kb, path) };
}

const expectation = (kb: KnowledgeBase, path: string) => kb.files.expectation(path);
