import { oneLine } from './lines.ts';
import { linkText, rewriteLinks, wikilink } from './links.ts';

/** The sections of `index.md`, in order. */
export const INDEX_SECTIONS = ['Documents', 'Concepts', 'Entities', 'Explorations'] as const;

export type IndexSection = (typeof INDEX_SECTIONS)[number];

/** One line of `index.md`: `- [[target]] (label) — description`. */
export interface IndexEntry {
  readonly section: IndexSection;
  /** As in a link: `concepts/attention`. */
  readonly target: string;
  /** `short` or `pageindex` for a document, the type of an entity. */
  readonly label?: string;
  readonly description: string;
}

/** An entry as it stands in a line, with the bullet that it has there. */
export interface EntryLine {
  readonly bullet: string;
  readonly target: string;
  readonly label?: string;
  readonly description: string;
}

const ENTRY =
  /^(\s*[-*+]\s+)\[\[([^[\]|#]+)(?:#[^[\]|]*)?(?:\|[^[\]]*)?\]\](?:\s*\(([^()]*)\))?(?:\s+(?:—|–|-{1,2})(?:\s+|$)|:\s+|\s*$)(.*)$/;

/** Reads a line of the index, undefined where it is no entry. Hyphens and colons are read in place of the dash. */
export function parseEntryLine(line: string): EntryLine | undefined {
  const match = ENTRY.exec(line);
  // the bar before a label may be escaped, as in a table
  const target = match?.[2]?.trim().replace(/\\$/, '').replace(/\.md$/i, '');
  if (match === null || target === undefined || target === '') return undefined;
  const label = match[3]?.trim() ?? '';
  return {
    bullet: match[1] ?? '- ',
    target,
    ...(label === '' ? {} : { label }),
    description: (match[4] ?? '').trim(),
  };
}

/** The line of an entry, without a line ending. */
export function printEntryLine(entry: Omit<EntryLine, 'bullet'>, bullet = '- '): string {
  const label = indexLabel(entry.label);
  const description = indexDescription(entry.description);
  return (
    bullet +
    wikilink(entry.target) +
    (label === '' ? '' : ` (${label})`) +
    (description === '' ? '' : ` — ${description}`)
  );
}

/** A label as it may stand between the parentheses of an entry. */
export function indexLabel(label: string | undefined): string {
  return oneLine((label ?? '').replace(/[()[\]]/g, ' '));
}

/**
 * A description as it may stand in the index: one line, links turned into their text (the index must not come to link
 * pages that are gone), no opening of a comment.
 */
export function indexDescription(description: string): string {
  const flat = oneLine(description);
  return oneLine(
    rewriteLinks(flat, linkText)
      .replace(/\[{2,}/g, '[')
      .replace(/<!-+/g, '<!-'),
  );
}
