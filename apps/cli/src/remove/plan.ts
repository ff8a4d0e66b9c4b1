import type { Change } from '@openkb/journal';
import { linkTarget, readFrontMatter, updateFrontMatter } from '@openkb/wiki';
import { type Compilation, textOfPersons } from '@openkb/wiki-compiler';

import { isOriginal } from '../add/own-files.ts';
import { shownImages } from '../add/stored-text.ts';
import { booksState } from '../knowledge-base/books.ts';
import { pageChanges } from '../knowledge-base/compiled-changes.ts';
import type { Config } from '../knowledge-base/config.ts';
import type { RegisteredDocument } from '../knowledge-base/find-document.ts';
import { imagesPath, sourceTextPath, wikiPath } from '../knowledge-base/layout.ts';
import { broughtBack, lostEdits } from '../knowledge-base/lost-edits.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { placeOf } from '../knowledge-base/place-of.ts';
import { unlinkRemoved } from '../knowledge-base/unlink-removed.ts';
import { type RecordingView, recordingView } from '../knowledge-base/wiki-view.ts';
import type { Remover } from './remover.ts';

/** All that removing a document means to do, as far as it can be known without the lock. */
export interface RemovalPlan {
  readonly document: RegisteredDocument;
  readonly compilation: Compilation;
  /** The pages that change or go, and the document's own files; registry, index and log come with the commit. */
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
  /** Pages that go, relative to `wiki/`. */
  readonly gone: readonly string[];
  /** Of index and registry, when the pages were read. */
  readonly state: string;
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
  const state = booksState(kb);
  const view = recordingView(kb.files);
  const options = { language: config.language, entityTypes: config.entity_types, signal };
  const compiled = await remover.remove(name, view, options);
  const compilation = keepEmpty ? withoutRemovals(compiled, name, view) : compiled;
  const { paths, foreign } = ownPaths(kb, document, keepRaw);
  const own = paths.map((path): Change => ({
    kind: 'remove',
    path,
    expect: kb.files.expectation(path),
  }));
  const gone = [`summaries/${name}.md`, `sources/${name}.md`];
  return {
    document,
    compilation,
    gone: [...(compilation.removals ?? []), ...gone],
    state,
    changes: [...own, ...pageChanges(compilation, view, gone), ...emptiedFolder(name, paths)],
    warnings: [
      ...compilation.messages.filter(({ level }) => level === 'warning').map(({ text }) => text),
      ...(keepRaw ? [] : editedOriginal(kb, document)),
      ...editsLostBy(kb, document, paths),
      ...foreign.map(
        (path) =>
          `"${path}" is outside of the knowledge base, or behind a link, and is not touched`,
      ),
    ],
  };
}

/** What a person has written into the original since it was added is nowhere else. */
function editedOriginal(kb: KnowledgeBase, { sha256, entry }: RegisteredDocument): string[] {
  const raw = entry.raw_path;
  if (!raw?.startsWith('raw/') || placeOf(kb.files, raw) !== 'own') return [];
  return isOriginal(kb, raw, sha256) ? [] : [`"${raw}" is not what was added any more, and stays`];
}

/** What persons wrote into the document's own pages goes with them. */
function editsLostBy(
  kb: KnowledgeBase,
  { name, entry }: RegisteredDocument,
  paths: readonly string[],
): string[] {
  const texts = paths.filter((path) => /^wiki\/sources\/[^/]+$/.test(path));
  const pictures = paths.filter((path) => path.startsWith('wiki/sources/images/'));
  const summary = wikiPath(`summaries/${name}.md`);
  const text = paths.includes(summary) ? new TextDecoder().decode(kb.files.bytes(summary)) : '';
  const isEdited = textOfPersons(text) !== '';
  const recorded = entry.text_sha256;
  return [
    ...lostEdits(kb, 'goes', { texts, recorded, pictures }),
    ...(isEdited ? [`a person wrote in "${summary}", and it goes${broughtBack(kb)}`] : []),
  ];
}

/** The directory of pictures goes with the last of them. */
const emptiedFolder = (name: string, paths: readonly string[]): Change[] =>
  paths.some((path) => path.startsWith(`${imagesPath(name)}/`))
    ? [{ kind: 'remove-directory', path: imagesPath(name) }]
    : [];

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

/** Whether a page that the plan does not change links or cites one that goes: somebody has written it since. */
export function hasNewLinks(
  kb: KnowledgeBase,
  { compilation, gone, changes, state }: RemovalPlan,
): boolean {
  if (booksState(kb) === state) return false;
  const all = { pages: compilation.pages, removals: gone };
  const planned = new Set(changes.map(({ path }) => path));
  return unlinkRemoved(all, recordingView(kb.files)).some(
    ({ path }) => !planned.has(wikiPath(path)),
  );
}

interface OwnPaths {
  /** Files that belong to the document alone. */
  readonly paths: readonly string[];
  /** What the registry or a text calls the document's and is not the knowledge base's. */
  readonly foreign: readonly string[];
}

function ownPaths(
  kb: KnowledgeBase,
  { name, sha256, entry }: RegisteredDocument,
  keepRaw: boolean,
): OwnPaths {
  const { files } = kb;
  const raw = entry.raw_path;
  const texts = [sourceTextPath(name, 'md'), sourceTextPath(name, 'json')];
  const foreign = new Set<string>();
  const isOwn = (path: string): boolean => {
    const place = placeOf(files, path);
    if (place === 'foreign') foreign.add(path);
    return place === 'own';
  };
  // pictures that a person put beside those of the document are theirs
  const images = texts
    .filter(isOwn)
    .flatMap((text) => Array.from(shownImages(files.text(text).text ?? '', name)));
  const originals = raw === undefined || keepRaw ? [] : [raw];
  const paths = [
    ...originals.filter(isOwn).filter((path) => isOriginal(kb, path, sha256)),
    ...[...texts, ...images, wikiPath(`summaries/${name}.md`)].filter(isOwn),
  ];
  return { paths: [...new Set(paths)], foreign: [...foreign] };
}
