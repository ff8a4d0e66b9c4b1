import { parseDocument } from 'yaml';

import { findBlock } from './front-matter-block.ts';

/**
 * Cuts a page into its front matter block (byte order mark, both `---` lines and their line endings included) and its
 * body. `block + body === text`, always; `block` is empty when the page has none.
 */
export function splitFrontMatter(text: string): { block: string; body: string } {
  const end = findBlock(text)?.end ?? 0;
  return { block: text.slice(0, end), body: text.slice(end) };
}

/**
 * The fields of a page's front matter. Never throws: a page without a block, or with one that is not a YAML mapping,
 * has none. Of a key that occurs twice the last counts. The older `brief` is returned as `description`.
 */
export function readFrontMatter(text: string): Record<string, unknown> {
  return parseFrontMatter(text) ?? {};
}

/** As `readFrontMatter`, but undefined when there is no block or it does not parse. */
export function parseFrontMatter(text: string): Record<string, unknown> | undefined {
  const place = findBlock(text);
  if (place === undefined) return undefined;
  const yaml = text.slice(place.open, place.close);
  const fields = parseJsonLines(yaml) ?? parseYaml(yaml);
  return fields && renameBrief(fields);
}

/** The form that we write, `key: <JSON>` on every line, without the cost of the YAML parser. */
function parseJsonLines(yaml: string): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  for (const line of yaml.split(/\r?\n/)) {
    if (line === '') continue;
    const match = /^([A-Za-z]\w*): (["[].*|true|false|null|-?[1-9]\d{0,14}|0)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    try {
      fields[match[1]] = JSON.parse(match[2]);
    } catch {
      return undefined;
    }
  }
  return fields;
}

function parseYaml(yaml: string): Record<string, unknown> | undefined {
  try {
    const document = parseDocument(yaml, { uniqueKeys: false, logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    const value: unknown = document.toJS();
    if (value === null) return {};
    return typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // an alias that expands without end is found only while the value is built
    return undefined;
  }
}

function renameBrief(fields: Record<string, unknown>): Record<string, unknown> {
  if (!Object.hasOwn(fields, 'brief')) return fields;
  const { brief, ...rest } = fields;
  return { ...rest, description: rest['description'] ?? brief };
}
