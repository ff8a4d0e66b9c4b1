/**
 * The block of fields at the head of a Markdown file. Only the few fields that a document has are read, by the
 * common forms of YAML: `key: value`, quotation marks, `[a, b]` and `- a` lists.
 */
import type { DocumentMetadata } from '../../document.ts';

export interface FrontMatter {
  readonly title?: string;
  readonly metadata: DocumentMetadata;
  /** The text after the block. */
  readonly body: string;
}

const MAXIMUM_LENGTH = 65_536;
const BLOCK = /^---[ \t]*\n([^]*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const FIELD = /^([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$/;

/** `undefined` when the text has no such block; a rule of dashes at the head begins none. */
export function readFrontMatter(text: string): FrontMatter | undefined {
  const block = BLOCK.exec(text.slice(0, MAXIMUM_LENGTH));
  if (block === null || (block[1] !== '' && !/\n(?:---|\.\.\.)[ \t]*(?:\n|$)$/.test(block[0])))
    return undefined;
  const lines = (block[1] ?? '').split('\n');
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (first !== undefined && !FIELD.test(first.trimEnd())) return undefined;
  const fields = readFields(lines);
  const one = (...names: string[]): string | undefined =>
    names.map((name) => fields.get(name)?.[0]).find((value) => value !== undefined && value !== '');
  const title = one('title');
  const authors = fields.get('authors') ?? fields.get('author') ?? [];
  const date = one('date', 'created', 'published');
  const language = one('lang', 'language');
  return {
    body: text.slice(block[0].length).replace(/^\n+/, ''),
    ...(title !== undefined && { title }),
    metadata: {
      ...(authors.length > 0 && { authors }),
      ...(date !== undefined && { date }),
      ...(language !== undefined && { language }),
    },
  };
}

function readFields(lines: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const line of lines) {
    const field = FIELD.exec(line.trimEnd());
    const entry = /^[ \t]*-[ \t]+(.*)$/.exec(line)?.[1];
    if (field?.[1] !== undefined) {
      open = values(field[2] ?? '');
      fields.set(field[1].toLowerCase(), open);
    } else if (entry !== undefined) open?.push(...scalar(entry.replace(/^name:[ \t]*/, '')));
  }
  return fields;
}

function values(text: string): string[] {
  const list = /^\[(.*)\]$/.exec(text.trim())?.[1];
  if (list === undefined) return scalar(text);
  return (list.match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+/g) ?? []).flatMap((part) =>
    scalar(part),
  );
}

function scalar(text: string): string[] {
  const trimmed = text.trim();
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(trimmed)?.[1];
  const single = /^'((?:[^']|'')*)'/.exec(trimmed)?.[1];
  const value =
    double?.replace(/\\(["\\/])/g, '$1') ??
    single?.replaceAll("''", "'") ??
    trimmed
      .replace(/(?:^|[ \t])#.*$/, '')
      .replace(/^[>|][+-]?$/, '')
      .trim();
  return value === '' || value === '~' || value === 'null' ? [] : [value];
}
