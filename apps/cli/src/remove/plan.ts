import type { Change } from '@openkb/journal';
import { linkTarget, readFrontMatter, updateFrontMatter } from '@openkb/wiki';
import type { Compilation } from '@openkb/wiki-compiler';

import { isOriginal } from '../add/own-files.ts';
import { shownImages } from '../add/stored-text.ts';
import { pageChanges } from '../knowledge-base/compiled-changes.ts';
import type { Config } from '../knowledge-base/config.ts';
import type { RegisteredDocument } from '../knowledge-base/find-document.ts';
import { sourceTextPath, wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { type RecordingView, recordingView } from '../knowledge-base/wiki-view.ts';
import type { Remover } from './remover.ts';

/** All that removing a document means to do, as far as it can be known without the lock. */
export interface RemovalPlan {
  readonly document: RegisteredDocument;
  readonly compilation: Compilation;
  /** The pages that change or go, and the document's own files; registry, index and log come with the commit. */
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
}

export interface RemovalOptions {
  readonly remover: Remover;
  readonly config: Config;
  readonly signal: AbortSignal;
  /** The original stays in `raw/`. */
  readonly keepRaw: boolean;
  /** Pages that lose their last document stay. */
  readonly keepEmpty: boolean;
}

/** Computes what goes with a document. Writes nothing and takes no lock. */
export async function planRemoval(
  kb: KnowledgeBase,
  document: RegisteredDocument,
  { remover, config, signal, keepRaw, keepEmpty }: RemovalOptions,
): Promise<RemovalPlan> {
  const { name } = document;
  const view = recordingView(kb.files);
  const options = { language: config.language, entityTypes: config.entity_types, signal };
  const compiled = await remover.remove(name, view, options);
  const compilation = keepEmpty ? withoutRemovals(compiled, name, view) : compiled;
  const own = ownPaths(kb, document, keepRaw).map((path): Change => ({
    kind: 'remove',
    path,
    expect: kb.files.expectation(path),
  }));
  const gone = [`summaries/${name}.md`, `sources/${name}.md`];
  return {
    document,
    compilation,
    changes: [...own, ...pageChanges(compilation, view, gone)],
    warnings: [
      ...compilation.messages.filter(({ level }) => level === 'warning').map(({ text }) => text),
      ...(keepRaw ? [] : foreignOriginal(kb, document)),
    ],
  };
}

/** What a person has written into the original since it was added is nowhere else. */
function foreignOriginal(kb: KnowledgeBase, { sha256, entry }: RegisteredDocument): string[] {
  const raw = entry.raw_path;
  if (!raw?.startsWith('raw/') || !kb.files.has(raw) || isOriginal(kb, raw, sha256)) return [];
  return [`"${raw}" is not what was added any more, and stays`];
}

/** The pages that would go, emptied of the document instead. */
function withoutRemovals(
  { removals = [], ...compilation }: Compilation,
  name: string,
  view: RecordingView,
): Compilation {
  const emptied = removals.flatMap((path) => {
    const text = view.read(path);
    return text === undefined ? [] : [{ path, text: withoutSource(text, name) }];
  });
  return {
    ...compilation,
    pages: [
      ...compilation.pages,
      ...emptied.map(({ path, text }) => {
        const { title, description } = readFrontMatter(text);
        return {
          path,
          kind: path.startsWith('entities/') ? ('entity' as const) : ('concept' as const),
          text,
          title: typeof title === 'string' ? title : '',
          description: typeof description === 'string' ? description : '',
          action: 'update' as const,
        };
      }),
    ],
  };
}

function withoutSource(text: string, name: string): string {
  const { sources } = readFrontMatter(text);
  if (!Array.isArray(sources)) return text;
  const own = `summaries/${name}`;
  const kept = sources.filter((one) => typeof one !== 'string' || linkTarget(one) !== own);
  return updateFrontMatter(text, { sources: kept });
}

/** The files that belong to the document alone, those that are there. */
function ownPaths(
  kb: KnowledgeBase,
  { name, sha256, entry }: RegisteredDocument,
  keepRaw: boolean,
): string[] {
  const raw = entry.raw_path;
  const texts = [sourceTextPath(name, 'md'), sourceTextPath(name, 'json')];
  // pictures that a person put beside those of the document are theirs
  const images = texts.flatMap((text) => [...shownImages(kb.files.text(text).text ?? '', name)]);
  const all = [
    ...(raw && !keepRaw && isOriginal(kb, raw, sha256) ? [raw] : []),
    ...texts,
    ...images,
    wikiPath(`summaries/${name}.md`),
  ];
  return [...new Set(all)].filter((path) => kb.files.has(path));
}
