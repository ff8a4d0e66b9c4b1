/** What findings of one kind are called together, in the order in which they are told: the worst first. */
const TITLES: Readonly<Record<string, string>> = {
  'registry-damaged': 'The registry cannot be read',
  'missing-registry': 'The registry is missing',
  'name-twice': 'Names that two documents have',
  'missing-summary': 'Documents without a summary',
  'missing-text': 'Documents without their text',
  'missing-original': 'Documents without their original',
  'missing-source': 'Sources that do not exist',
  'unreadable-front-matter': 'Front matter that cannot be read',
  'duplicate-key': 'Keys that stand twice in front matter',
  'missing-index': 'The index is missing',
  'index-entry-without-page': 'Entries of the index without a page',
  'not-in-index': 'Pages that the index does not list',
  'dead-link': 'Links to pages that do not exist',
  'dead-cite': 'Answers that cite pages which do not exist',
  'missing-front-matter': 'Pages without front matter',
  'missing-type': 'Pages without a type',
  'path-clash': 'Names that are one on some disks',
  'forbidden-name': 'Names that do not work everywhere',
  'inexact-link': 'Links that are spelled otherwise than their page',
  'orphan-page': 'Pages that no page links',
  'old-entry': 'Registry entries of an older form',
  'unowned-file': 'Files that belong to no document',
};

const order = Object.keys(TITLES);

export const titleOf = (code: string): string => TITLES[code] ?? code;

const TOLD = new Set([
  'missing-source',
  'unreadable-front-matter',
  'duplicate-key',
  'missing-index',
  'index-entry-without-page',
  'not-in-index',
  'dead-link',
  'dead-cite',
  'missing-front-matter',
  'missing-type',
  'orphan-page',
]);

/** Whether the title leaves nothing to say but where it is, and which link or key is meant. */
export const isToldByTitle = (code: string): boolean => TOLD.has(code);

/** Findings by code, each kind once, the worst first. */
export function grouped<T extends { readonly code: string }>(
  findings: readonly T[],
): readonly (readonly [code: string, findings: readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const one of findings) {
    const group = groups.get(one.code);
    if (group === undefined) groups.set(one.code, [one]);
    else group.push(one);
  }
  return [...groups].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}
