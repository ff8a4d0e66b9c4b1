/** The Markdown of a document as a list of headings, paragraphs and list items: nothing else is read. */
import { splitFrontMatter } from '@openkb/wiki';

import { type Steps, eachInSteps, finish } from '../steps.ts';
import { plainInline } from './inline.ts';
import { normaliseSteps } from './normalise.ts';

export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'item';
  /** 1 to 6 for a heading, else 0. */
  readonly level: number;
  /** Plain words on one line; never empty. */
  readonly text: string;
}

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*)|#*)$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ITEM = /^( *)(?:[-*+•◦▪]|\d{1,4}[.)])[ \t]+(.*)$/;
const DELIMITER_ROW = /^[\s|:+-]{3,}$/;
const REFERENCE = /^ {0,3}\[[^\]]{1,200}\]:\s/;
const RULE = /^ {0,3}(?:(?:\* ?){3,}|(?:- ?){3,}|(?:_ ?){3,})$/;
const HATNOTE =
  /^(?:Main articles?|See also|Further information|For other uses|Not to be confused with|Hauptartikel|Siehe auch)\b[: ]/i;

/** Reads Markdown into blocks; front matter, code, tables, comments, images and raw HTML are left out. */
export function readBlocks(markdown: string): Block[] {
  return finish(blockSteps(markdown));
}

/** `readBlocks` in steps. */
export function* blockSteps(markdown: string): Steps<Block[]> {
  const reader = new BlockReader();
  const text = withoutHidden(yield* normaliseSteps(withoutFrontMatter(markdown)));
  yield;
  yield* eachInSteps(
    text.split('\n'),
    ({ length }) => length,
    (line) => reader.line(line),
  );
  return reader.end();
}

/** The wiki's own block may stand before that of the source. */
function withoutFrontMatter(markdown: string): string {
  return splitFrontMatter(splitFrontMatter(markdown).body.trimStart()).body;
}

/** Removes comments, scripts and style sheets; what is never closed is left alone. */
function withoutHidden(text: string): string {
  let rest = text;
  for (const [open, close] of [
    ['<!--', '-->'],
    ['<script', '</script>'],
    ['<style', '</style>'],
  ] as const) {
    const parts: string[] = [];
    let from = 0;
    for (;;) {
      const start = rest.indexOf(open, from);
      const end = start < 0 ? -1 : rest.indexOf(close, start);
      if (end < 0) break;
      parts.push(rest.slice(from, start));
      from = end + close.length;
    }
    rest = parts.join(' ') + rest.slice(from);
  }
  return rest;
}

/** A heading's text without the marks that may close it. */
function withoutClosing(title: string): string {
  let end = title.trimEnd().length;
  while (title[end - 1] === '#') end -= 1;
  return title.slice(0, end).trimEnd();
}

class BlockReader {
  #blocks: Block[] = [];
  #open: { kind: 'paragraph' | 'item'; lines: string[] } | undefined;
  #fence: string | undefined;
  #inTable = false;
  #inList = false;
  #afterBlank = true;

  line(raw: string): void {
    const line = raw.trimEnd();
    if (this.#inFence(line)) return;
    if (line.trim() === '') {
      this.#close();
      this.#inTable = false;
      this.#afterBlank = true;
      return;
    }
    this.#content(line.replace(/^(?: {0,3}> ?)+/, ''));
    this.#afterBlank = false;
  }

  end(): Block[] {
    this.#close();
    return this.#blocks;
  }

  #inFence(line: string): boolean {
    const mark = FENCE.exec(line.trimStart())?.[1];
    if (this.#fence !== undefined) {
      if (mark !== undefined && mark.startsWith(this.#fence)) this.#fence = undefined;
      return true;
    }
    if (mark === undefined) return false;
    this.#close();
    this.#fence = mark;
    return true;
  }

  #content(line: string): void {
    if (this.#isTable(line) || REFERENCE.test(line)) return;
    const heading = HEADING.exec(line);
    if (heading !== null) {
      this.#heading(heading[1]?.length ?? 1, withoutClosing(heading[2] ?? ''));
      return;
    }
    if (this.#open?.kind === 'paragraph' && /^ {0,3}(?:=+|-+)$/.test(line)) {
      const title = this.#open.lines.join(' ');
      this.#open = undefined;
      this.#heading(line.includes('=') ? 1 : 2, title);
      return;
    }
    if (RULE.test(line)) {
      this.#close();
      return;
    }
    const item = ITEM.exec(line);
    if (item !== null) {
      this.#close();
      this.#inList = true;
      this.#open = { kind: 'item', lines: [item[2] ?? ''] };
      return;
    }
    const indented = line.startsWith('    ');
    if (!indented && this.#afterBlank) this.#inList = false;
    if (indented && this.#open === undefined && !this.#inList) return;
    this.#open ??= { kind: 'paragraph', lines: [] };
    this.#open.lines.push(line.trim());
  }

  #isTable(line: string): boolean {
    const row = /^\s*\|/.test(line);
    if (row || this.#inTable) {
      this.#close();
      this.#inTable = true;
      return true;
    }
    const header = this.#open?.lines.at(-1)?.includes('|') ?? false;
    if (!header || !line.includes('|') || !DELIMITER_ROW.test(line)) return false;
    this.#open?.lines.pop();
    this.#close();
    this.#inTable = true;
    return true;
  }

  #heading(level: number, title: string): void {
    this.#close();
    this.#inList = false;
    const text = plainInline(title);
    if (text !== '') this.#blocks.push({ kind: 'heading', level, text });
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    const text = plainInline(open.lines.join(' '));
    if (text === '' || HATNOTE.test(text)) return;
    this.#blocks.push({ kind: open.kind, level: 0, text });
  }
}
