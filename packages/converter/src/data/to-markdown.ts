/**
 * Data as a person reads it: what is at the top under headings, lists of alike things as tables, the rest as nested
 * lists of names and values. What lies deep is written as on one line.
 */
import type { ConversionMessage } from '../document.ts';
import { escapeInline } from '../markdown/escape.ts';
import { gfmTable, tableCell } from '../markdown/table.ts';
import { isEmpty, type DataNode } from './data-node.ts';
import { inOneLine } from './in-one-line.ts';
import { tableOf } from './table-of.ts';

const DEEPEST_HEADING = 3;
const DEEPEST_LIST = 6;

export interface DataMarkdown {
  readonly markdown: string;
  readonly messages: readonly ConversionMessage[];
}

/** At most `values` values are written; how many more there are is a message. */
export function dataToMarkdown(
  node: DataNode,
  { values }: { readonly values: number },
): DataMarkdown {
  const writer = new DataWriter(values);
  writer.section(node, 1);
  return { markdown: writer.markdown, messages: writer.messages() };
}

class DataWriter {
  readonly #lines: string[] = [];
  readonly #limit: number;
  #written = 0;
  #left = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get markdown(): string {
    return this.#lines.length === 0
      ? ''
      : `${this.#lines
          .join('\n')
          .replace(/\n{3,}/g, '\n\n')
          .trim()}\n`;
  }

  messages(): ConversionMessage[] {
    if (this.#left === 0) return [];
    const text = `Only the first ${this.#limit} values are shown: ${this.#left} more are left out.`;
    return [{ level: 'warning', code: 'values-left-out', text }];
  }

  /** Scalars first as a list, then each larger field under a heading of its name. */
  section(node: DataNode, level: number): void {
    if (node.kind === 'words') return this.#paragraph(node.words);
    if (node.kind === 'list') return this.#list(node, 0);
    const small = node.fields.filter(([, value]) => isSmall(value) || level > DEEPEST_HEADING);
    this.#fields(small, 0);
    for (const [name, value] of node.fields) {
      if (isSmall(value) || level > DEEPEST_HEADING) continue;
      this.#lines.push('', `${'#'.repeat(level + 1)} ${headingOf(name)}`, '');
      this.section(value, level + 1);
    }
  }

  #list({ items }: DataNode & { kind: 'list' }, depth: number): void {
    const table = depth === 0 ? tableOf(items, this.#limit - this.#written) : undefined;
    if (table !== undefined) {
      this.#written += table.written;
      this.#left += table.left;
      this.#lines.push('', gfmTable(table.rows));
      return;
    }
    for (const item of items) this.#item(item, depth, '');
    if (depth === 0) this.#lines.push('');
  }

  #fields(fields: readonly (readonly [string, DataNode])[], depth: number): void {
    for (const [name, value] of fields)
      this.#item(value, depth, `**${escapeInline(oneLine(name))}**: `);
    if (depth === 0 && fields.length > 0) this.#lines.push('');
  }

  #item(node: DataNode, depth: number, label: string): void {
    if (!this.#mayWrite(node)) return;
    const indent = '  '.repeat(depth);
    if (node.kind === 'words') {
      this.#lines.push(`${indent}- ${label}${guarded(itemText(node.words, indent), label)}`);
      return;
    }
    if (isEmpty(node)) {
      this.#lines.push(`${indent}- ${label}${node.kind === 'list' ? '(empty list)' : '(empty)'}`);
      return;
    }
    const line =
      depth + 1 >= DEEPEST_LIST || isShort(node) ? inOneLine(node, SHORT_LINE) : undefined;
    if (line !== undefined) {
      this.#lines.push(`${indent}- ${label}${guarded(escapeInline(line), label)}`);
      return;
    }
    const name = label === '' ? '' : label.replace(/: $/, '');
    if (name !== '') this.#lines.push(`${indent}- ${name}`);
    const below = name === '' ? depth : depth + 1;
    if (name === '') this.#unnamed(node, depth);
    else if (node.kind === 'list') for (const item of node.items) this.#item(item, below, '');
    else this.#fields(node.fields, below);
  }

  /** A thing in a list of things: its first field stands at the bullet, the others below it. */
  #unnamed(node: DataNode, depth: number): void {
    const indent = '  '.repeat(depth);
    if (node.kind === 'fields') {
      const [first, ...others] = node.fields;
      if (first === undefined) return;
      this.#item(first[1], depth, `**${escapeInline(oneLine(first[0]))}**: `);
      this.#fields(others, depth + 1);
    } else if (node.kind === 'list') {
      this.#lines.push(`${indent}- (list)`);
      for (const item of node.items) this.#item(item, depth + 1, '');
    }
  }

  #paragraph(text: string): void {
    if (text.trim() === '') return;
    this.#written += 1;
    this.#lines.push(escapeInline(text.trim()).replace(/\n/g, '\\\n'), '');
  }

  #mayWrite(node: DataNode): boolean {
    if (this.#written < this.#limit) {
      this.#written += 1;
      return true;
    }
    this.#left +=
      1 +
      (node.kind === 'list' ? node.items.length : node.kind === 'fields' ? node.fields.length : 0);
    return false;
  }
}

const SHORT_LINE = 2000;
const SHORT_LIST = 120;

/** A list of a few words fits on a line. */
function isShort(node: DataNode): boolean {
  if (node.kind !== 'list' || !node.items.every(({ kind }) => kind === 'words')) return false;
  return (inOneLine(node, SHORT_LIST + 1)?.length ?? Infinity) <= SHORT_LIST;
}

function isSmall(node: DataNode): boolean {
  return node.kind === 'words' || isEmpty(node) || isShort(node);
}

function headingOf(name: string): string {
  return escapeInline(oneLine(name)) || '(no name)';
}

/** Lines of a text below its bullet. */
function itemText(text: string, indent: string): string {
  return escapeInline(text.trim())
    .split(/\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(`\\\n${indent}  `);
}

/** What would begin a block at a bullet without a name. */
function guarded(text: string, label: string): string {
  return label === '' ? text.replace(/^(?=[#>+-](?:\s|$)|\d+[.)]\s|```|~~~)/, '\\') : text;
}

function oneLine(text: string): string {
  return tableCell(text).replaceAll('\\|', '|').replaceAll('<br>', ' ');
}
