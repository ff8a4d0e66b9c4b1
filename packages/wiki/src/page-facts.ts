import { findBlock } from './front-matter-block.ts';
import { fieldsOf } from './front-matter-update.ts';
import { parseFrontMatter } from './front-matter.ts';
import { lineCounter, linesOf } from './lines.ts';
import { parseLinks } from './links.ts';
import { titleFrom } from './page-title.ts';

/** A wikilink as checks and graphs need it. */
export interface LinkFact {
  readonly target: string;
  /** 1-based line of the page. */
  readonly line: number;
}

/**
 * What is known of a page without keeping its text: derived from path and text alone, and plain JSON,
 * so that it may be kept anywhere and compared with `JSON.stringify`.
 */
export interface PageFacts {
  /** As `pageTitle` has it. */
  readonly title: string;
  /** Fields of the front matter as JSON has them; empty where there are none or they cannot be read. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where not `present`, `fields` is empty. */
  readonly frontMatter: 'present' | 'missing' | 'unreadable';
  /** Keys of the front matter that occur more than once, with the line of each further occurrence. */
  readonly repeatedKeys: readonly { readonly key: string; readonly line: number }[];
  /** Links of the front matter and of the body, in order. */
  readonly links: readonly LinkFact[];
}

/** Reads the facts of a page. Total: any text has facts. */
export function pageFacts(path: string, text: string): PageFacts {
  const place = findBlock(text);
  const fields = place === undefined ? undefined : parseFrontMatter(text);
  const lineAt = lineCounter(text);
  return {
    title: titleFrom(path, text, fields ?? {}),
    fields: fields === undefined ? {} : plainFields(fields),
    frontMatter: place === undefined ? 'missing' : fields === undefined ? 'unreadable' : 'present',
    repeatedKeys: place === undefined ? [] : repeatedKeys(text.slice(0, place.close), place.open),
    links: parseLinks(text, { frontMatter: true }).map(({ target, start }) => ({
      target,
      line: lineAt(start),
    })),
  };
}

/** YAML knows dates, numbers and cycles that JSON does not; what is kept must be what is read again. */
function plainFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.values(fields).every(isPlain)) return fields;
  try {
    return JSON.parse(JSON.stringify(fields)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return typeof value === 'string' || typeof value === 'boolean';
}

function repeatedKeys(block: string, open: number): { key: string; line: number }[] {
  const seen = new Set<string>();
  const repeated: { key: string; line: number }[] = [];
  for (const { key, from } of fieldsOf(linesOf(block, open))) {
    if (seen.has(key)) repeated.push({ key, line: from + 2 });
    seen.add(key);
  }
  return repeated;
}
