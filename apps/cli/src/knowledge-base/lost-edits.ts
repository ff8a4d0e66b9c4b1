/**
 * What a person wrote and a command is about to overwrite or remove is said, in the plan and in the result. The
 * compilers keep what persons wrote into summaries, concepts and entities; the stored text of a document and its
 * pictures are replaced as a whole.
 */
import type { KeptChange } from '@openkb/journal';

import type { KnowledgeBase } from './open.ts';
import { placeOf } from './place-of.ts';

export interface EditableFiles {
  /** Relative to the root. */
  readonly texts: readonly string[];
  /** SHA-256 of the text as it was written, where the registry has it. */
  readonly recorded: unknown;
  /** Of these only sure edits are told where no text was edited. */
  readonly pictures?: readonly string[];
}

/** Who wrote a version of a file: one that has no author here is a person's. */
type Author = 'ours' | 'unknown';

/** By SHA-256. */
type Authors = ReadonlyMap<string, Author>;

/**
 * One sentence for each of these files that a person has edited, or of which nobody knows.
 *
 * @param fate what becomes of it: `is overwritten`, `goes`
 */
export function lostEdits(
  kb: KnowledgeBase,
  fate: string,
  { texts, recorded, pictures = [] }: EditableFiles,
): string[] {
  if (texts.length + pictures.length === 0) return [];
  const back = broughtBack(kb);
  const authors = authorsOf(kb, new Set([...texts, ...pictures]), recorded);
  const stateOf = (path: string, hash: unknown) =>
    editState(kb, path, { recorded: hash, authors: authors.get(path) });
  const told = (path: string, state: EditState): readonly string[] => {
    if (state === 'as-written') return [];
    return state === 'edited'
      ? [`"${path}" was edited since it was written, and ${fate}${back}`]
      : [`"${path}" ${fate}, and nobody knows whether it was edited${back}`];
  };
  const ofTexts = texts.flatMap((path) => told(path, stateOf(path, recorded)));
  return [
    ...ofTexts,
    ...pictures.flatMap((path) => {
      const state = stateOf(path, undefined);
      // who edits a text may put pictures of their own into it
      return state === 'unknown' && ofTexts.length === 0 ? [] : told(path, state);
    }),
  ];
}

/** Where nothing is kept for it, no undo is promised. */
export const broughtBack = (kb: Pick<KnowledgeBase, 'config'>): string =>
  kb.config().keep > 0 ? "; 'openkb undo' brings it back" : '';

/** The authors of the versions that the history knows, by path. */
function authorsOf(
  { journal }: Pick<KnowledgeBase, 'journal'>,
  paths: ReadonlySet<string>,
  recorded: unknown,
): ReadonlyMap<string, Authors> {
  const known = new Map<string, Map<string, Author>>();
  for (const { operation, changes } of journal.history().toReversed())
    for (const change of changes.filter(({ path }) => paths.has(path))) {
      const authors = known.get(change.path) ?? fromBefore(change, recorded);
      known.set(change.path, authors);
      noteVersion(authors, operation, change);
    }
  return known;
}

/** Of what was there before the history begins nobody knows more than the registry says. */
function fromBefore({ before, after }: KeptChange, recorded: unknown): Map<string, Author> {
  const found = [before, after].flatMap((one) => one?.sha256 ?? []);
  const ours = typeof recorded === 'string' ? [recorded] : [];
  return new Map([
    ...found.map((sha256) => [sha256, 'unknown'] as const),
    ...ours.map((sha256) => [sha256, 'ours'] as const),
  ]);
}

/** A mended version is whose it was, and what an undo brings back was somebody's before. */
function noteVersion(
  authors: Map<string, Author>,
  operation: string,
  { before, after }: KeptChange,
): void {
  if (after === null || operation === 'undo') return;
  const author = operation === 'lint' ? authors.get(before?.sha256 ?? '') : 'ours';
  if (author !== undefined) authors.set(after.sha256, author);
}

type EditState = 'as-written' | 'edited' | 'unknown';

interface WhatIsKnown {
  readonly recorded: unknown;
  readonly authors: Authors | undefined;
}

function editState(
  { files }: Pick<KnowledgeBase, 'files'>,
  path: string,
  { recorded, authors }: WhatIsKnown,
): EditState {
  if (placeOf(files, path) !== 'own') return 'as-written';
  const now = files.expectation(path);
  if (now === 'absent' || now.sha256 === recorded) return 'as-written';
  const author = authors?.get(now.sha256);
  if (author === 'ours') return 'as-written';
  const isKnown = typeof recorded === 'string' || (authors !== undefined && author === undefined);
  return isKnown ? 'edited' : 'unknown';
}
