import type { PageFacts } from '@openkb/wiki';

/** The folders whose pages commands write. */
const FOLDERS = /^(?:sources|summaries|concepts|entities|explorations|reports)\/[^/]+\.md$/;
/** Folders in which every page is written by a command: nothing else has a place there. */
const ALL_OURS = /^(?:sources|summaries|reports)\//;

/**
 * Whether a program wrote the page, ours or the Python one: it lies where pages are written and, where people
 * write too, names what it draws on. What a person made is checked and never mended.
 */
export function isMadeHere(path: string, facts: Pick<PageFacts, 'fields'> | undefined): boolean {
  if (!FOLDERS.test(path)) return false;
  if (ALL_OURS.test(path)) return true;
  const fields = facts?.fields ?? {};
  return ['sources', 'compiled_by', 'query'].some((key) => Object.hasOwn(fields, key));
}
