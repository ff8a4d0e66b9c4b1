import { isDeepStrictEqual } from 'node:util';

import { findBlock } from './front-matter-block.ts';
import { fieldLine, writeFrontMatter } from './front-matter-write.ts';
import { parseFrontMatter } from './front-matter.ts';
import { type Line, lineEndingOf, linesOf } from './lines.ts';

/** The lines of one field, `from` to `to` (exclusive), in the list of the block's lines. */
export interface FieldLines {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The page with these front matter fields set, or removed where the value is undefined. Every other byte stays as it
 * is, and so does a field that already has the value, however it is written. A field that occurs twice is left once;
 * new fields go to the end of the block; a page without front matter gets a block. Setting or removing `description`
 * takes the older `brief` with it.
 */
export function updateFrontMatter(text: string, fields: Readonly<Record<string, unknown>>): string {
  const place = findBlock(text);
  if (place === undefined) return prepend(text, fields);
  const present = parseFrontMatter(text);
  let yaml = text.slice(place.open, place.close);
  for (const [key, value] of Object.entries(fields)) {
    const kept = present && Object.hasOwn(present, key) && isDeepStrictEqual(present[key], value);
    yaml = updateField(yaml, key, value, kept === true, lineEndingOf(text));
  }
  return text.slice(0, place.open) + yaml + text.slice(place.close);
}

function prepend(text: string, fields: Readonly<Record<string, unknown>>): string {
  if (Object.values(fields).every((value) => value === undefined)) return text;
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const ending = lineEndingOf(text);
  return mark + writeFrontMatter(fields).replaceAll('\n', ending) + text.slice(mark.length);
}

function updateField(
  yaml: string,
  key: string,
  value: unknown,
  kept: boolean,
  ending: string,
): string {
  const lines = linesOf(yaml);
  const found = fieldsOf(lines).filter(
    (field) => field.key === key || (key === 'description' && field.key === 'brief'),
  );
  const line = value === undefined ? '' : fieldLine(key, value) + ending;
  if (found.length === 0) return yaml + line;
  if (kept && found.length === 1 && found[0]?.key === key) return yaml;
  let result = '';
  let position = 0;
  for (const [i, field] of found.entries()) {
    const start = lines[field.from]?.start ?? 0;
    result += yaml.slice(position, start) + (i === 0 ? line : '');
    position = lines[field.to]?.start ?? yaml.length;
  }
  return result + yaml.slice(position);
}

const FIELD =
  /^(?:"((?:[^"\\]|\\.)*)"[ \t]*|'((?:[^']|'')*)'[ \t]*|([^\s#"'[\]{},&*!|>%@`-][^:]*|-[^\s:][^:]*)):(?:\s|$)/;

/**
 * The fields at the top level of a block. A field has the lines after its key as far as the last one that is neither
 * blank nor a comment at the margin: those belong to nobody.
 */
export function fieldsOf(lines: readonly Line[]): FieldLines[] {
  const fields: { key: string; from: number; to: number }[] = [];
  for (const [i, { text }] of lines.entries()) {
    const match = FIELD.exec(text);
    if (match) fields.push({ key: keyOf(match), from: i, to: i + 1 });
    else if (/^(?:[ \t]+\S|[-\]}]|[^\s#])/.test(text)) {
      const last = fields.at(-1);
      if (last) last.to = i + 1;
    }
  }
  return fields;
}

function keyOf(match: RegExpExecArray): string {
  const [, double, single, plain = ''] = match;
  if (single !== undefined) return single.replaceAll("''", "'");
  if (double === undefined) return plain.trim();
  try {
    return String(JSON.parse(`"${double}"`));
  } catch {
    return double;
  }
}
