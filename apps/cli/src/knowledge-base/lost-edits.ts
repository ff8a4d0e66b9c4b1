/**
 * What a person wrote and a command is about to overwrite or remove is said, in the plan and in the result. The
 * compilers keep what persons wrote into summaries, concepts and entities; the stored text of a document and its
 * pictures are replaced as a whole.
 */
import type { KnowledgeBase } from './open.ts';
import { placeOf } from './place-of.ts';

/**
 * Whether a file is as a command wrote it: by the hash that the registry has of it, else by the last change of it that is
 * kept. What an undo brought back may be a person's. `unknown`: nobody recorded it.
 *
 * @param recorded SHA-256, where the registry has it
 */
export function editState(
  { files, journal }: Pick<KnowledgeBase, 'files' | 'journal'>,
  path: string,
  recorded: unknown,
): 'as-written' | 'edited' | 'unknown' {
  if (placeOf(files, path) !== 'own') return 'as-written';
  const now = files.expectation(path);
  if (now === 'absent' || now.sha256 === recorded) return 'as-written';
  const last = journal.history().find(({ changes }) => changes.some((one) => one.path === path));
  const after = last?.changes.find((one) => one.path === path)?.after;
  if (after && last?.operation !== 'undo')
    return after.sha256 === now.sha256 ? 'as-written' : 'edited';
  return typeof recorded === 'string' ? 'edited' : 'unknown';
}

/**
 * One sentence for each of these files that a person has edited, or of which nobody knows.
 *
 * @param fate what becomes of it: `is overwritten`, `goes`
 * @param texts with the hash of each in the registry
 * @param pictures that change; of them only sure edits are told
 */
export function lostEdits(
  kb: KnowledgeBase,
  fate: string,
  { texts, recorded, pictures = [] }: EditableFiles,
): string[] {
  const back = broughtBack(kb);
  return [
    ...texts.map((path) => [path, editState(kb, path, recorded)] as const),
    ...pictures.map((path) => [path, editState(kb, path, undefined)] as const),
  ].flatMap(([path, state]) => {
    if (state === 'edited')
      return [`"${path}" was edited since it was written, and ${fate}${back}`];
    if (state === 'as-written' || pictures.includes(path)) return [];
    return [`"${path}" ${fate}, and nobody knows whether it was edited${back}`];
  });
}

/** Where nothing is kept for it, no undo is promised. */
export const broughtBack = (kb: Pick<KnowledgeBase, 'config'>): string =>
  kb.config().keep > 0 ? "; 'openkb undo' brings it back" : '';

export interface EditableFiles {
  /** Relative to the root. */
  readonly texts: readonly string[];
  readonly recorded: unknown;
  readonly pictures?: readonly string[];
}
