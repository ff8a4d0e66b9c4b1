import type { FoundSource } from '../add/scan.ts';
import { usageError } from '../errors.ts';

/** Longer ones are no ids. */
const MOST_ID = 200;

/**
 * The documents of PageIndex Cloud that a user names, each once. An id may be given as the registry
 * has it: `pageindex-cloud:pi-1`.
 *
 * @throws {CliError} `usage`
 */
export function cloudSources(ids: readonly string[]): FoundSource[] {
  const unique = new Set(ids.map(documentId));
  return [...unique].map((id) => ({
    path: `pageindex-cloud:${id}`,
    name: id,
    shown: id,
    cloudId: id,
  }));
}

/** @throws {CliError} `usage`, for what cannot be the id of a document */
export function documentId(given: string): string {
  const id = given.trim().replace(/^pageindex-cloud:/, '');
  if (id === '' || id === '.' || id === '..' || id.length > MOST_ID || /[\s\p{Cc}\p{Cs}]/u.test(id))
    throw usageError(
      `"${given.slice(0, MOST_ID)}" is no id of a document in PageIndex Cloud`,
      "See the ids of your documents with 'openkb cloud list'; they look like pi-cmeseq08w00vt0bo3u6tr244g.",
    );
  return id;
}
