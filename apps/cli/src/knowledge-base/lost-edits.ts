/**
 * What a person wrote and a command is about to overwrite or remove is said, in the plan and in the result. The
 * compilers keep what persons wrote into summaries, concepts and entities; the stored text of a document and its
 * pictures are replaced as a whole.
 */
import type { KnowledgeBase } from './open.ts';
import { placeOf } from './place-of.ts';

export interface EditableFiles {
  /** Relative to the root. */
  readonly texts: readonly string[];
  /** SHA-256 of the text as it was written, where the registry has it. */
  readonly recorded: unknown;
  /** Of these only sure edits are told. */
  readonly pictures?: readonly string[];
}

/** What the last change of a path left that is kept, by path: SHA-256; `undefined` where an undo may have brought back a person's. */
type Written = ReadonlyMap<string, string | undefined>;

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
  const written = lastWritten(kb);
  const edited = (path: string) => `"${path}" was edited since it was written, and ${fate}${back}`;
  return [
    ...texts.flatMap((path) => {
      const state = editState(kb, path, { recorded, written });
      if (state === 'unknown')
        return [`"${path}" ${fate}, and nobody knows whether it was edited${back}`];
      return state === 'edited' ? [edited(path)] : [];
    }),
    ...pictures
      .filter((path) => editState(kb, path, { recorded: undefined, written }) === 'edited')
      .map(edited),
  ];
}

/** Where nothing is kept for it, no undo is promised. */
export const broughtBack = (kb: Pick<KnowledgeBase, 'config'>): string =>
  kb.config().keep > 0 ? "; 'openkb undo' brings it back" : '';

function lastWritten({ journal }: Pick<KnowledgeBase, 'journal'>): Written {
  const written = new Map<string, string | undefined>();
  for (const { operation, changes } of journal.history())
    for (const { path, after } of changes)
      if (!written.has(path)) written.set(path, operation === 'undo' ? undefined : after?.sha256);
  return written;
}

function editState(
  { files }: Pick<KnowledgeBase, 'files'>,
  path: string,
  { recorded, written }: { readonly recorded: unknown; readonly written: Written },
): 'as-written' | 'edited' | 'unknown' {
  if (placeOf(files, path) !== 'own') return 'as-written';
  const now = files.expectation(path);
  if (now === 'absent' || now.sha256 === recorded) return 'as-written';
  const last = written.get(path);
  if (last !== undefined) return last === now.sha256 ? 'as-written' : 'edited';
  return typeof recorded === 'string' ? 'edited' : 'unknown';
}
