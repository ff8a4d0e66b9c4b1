/**
 * The lines of a Markdown text that are code or raw HTML, and its headings, in one pass over the lines.
 *
 * The rules are those of CommonMark 0.31 for blocks. Of the containers only what decides about the two
 * questions is kept: whether a line is in a list item or a quotation. A syntax tree of a text of many
 * megabytes would take tens of times its size.
 */
import { endsHtmlBlock, htmlBlockEnd, type HtmlEnd } from './html-block.ts';
import { listItem, markdownLines, type MarkdownLine } from './line.ts';

export interface MarkdownHeading {
  readonly level: number;
  /** As written, without marks at its ends. */
  readonly text: string;
  /** Offset of its line in the text. */
  readonly offset: number;
}

export interface MarkdownBlocks {
  /** Headings outside of lists and quotations. */
  readonly headings: readonly MarkdownHeading[];
  /** Offsets `[start, end)` of runs of lines that hold inline text or raw HTML: all that is neither code nor blank. */
  readonly prose: readonly (readonly [number, number])[];
}

export function markdownBlocks(markdown: string): MarkdownBlocks {
  const scanner = new BlockScanner(markdown);
  const prose: [number, number][] = [];
  for (const line of markdownLines(markdown)) {
    if (!scanner.isProse(line)) continue;
    const last = prose.at(-1);
    if (last?.[1] === line.start) last[1] = line.end;
    else prose.push([line.start, line.end]);
  }
  return { headings: scanner.headings, prose };
}

const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
const ATX = /^(#{1,6})(?:[ \t]+(.*))?$/;
const SETEXT = /^(?:=+|-+)[ \t]*$/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const CODE_INDENT = 4;

interface Fence {
  readonly mark: string;
  /** Column of the content of the list item that holds it, 0 outside of lists. */
  readonly column: number;
  readonly quoted: boolean;
}

class BlockScanner {
  readonly headings: MarkdownHeading[] = [];
  readonly #markdown: string;
  #fence: Fence | undefined;
  #html: HtmlEnd | undefined;
  /** Offset at which the open paragraph outside of containers begins. */
  #paragraph: number | undefined;
  /** A paragraph is open, wherever it stands: an indented line goes on with it. */
  #open = false;
  /** Column of the content of the open list item, 0 outside of lists. */
  #list = 0;
  /** The line before is a list mark and nothing else. */
  #emptyItem = false;

  constructor(markdown: string) {
    this.#markdown = markdown;
  }

  isProse(line: MarkdownLine): boolean {
    if (this.#goesOnWithFence(line)) return false;
    if (this.#html !== undefined && !this.#leavesList(line)) {
      if (endsHtmlBlock(line.content, this.#html)) this.#html = undefined;
      return line.content !== '';
    }
    this.#html = undefined;
    const afterEmptyItem = this.#emptyItem;
    this.#emptyItem = false;
    if (line.content === '') {
      // an item may begin with one blank line, the mark's own
      if (afterEmptyItem) this.#list = 0;
      this.#endParagraph();
      return false;
    }
    return this.#underlines(line) || this.#startsBlock(line);
  }

  #goesOnWithFence({ content, column }: MarkdownLine): boolean {
    const fence = this.#fence;
    if (fence === undefined) return false;
    const leaves = fence.quoted
      ? !content.startsWith('>')
      : content !== '' && column < fence.column;
    const inner = fence.quoted ? content.replace(/^>[ \t]?/, '').trimStart() : content;
    const closing = column - fence.column < CODE_INDENT && /^(`{3,}|~{3,})[ \t]*$/.exec(inner)?.[1];
    if (leaves || (closing && closing.startsWith(fence.mark))) this.#fence = undefined;
    return !leaves;
  }

  /** A line that is not as far in as the open list item's content ends what is open in it. */
  #leavesList({ content, column }: MarkdownLine): boolean {
    return this.#list > 0 && content !== '' && column < this.#list;
  }

  /** A row of `=` or `-` below a paragraph makes it a heading. */
  #underlines({ content, column, start }: MarkdownLine): boolean {
    if (this.#paragraph === undefined || column >= CODE_INDENT || !SETEXT.test(content))
      return false;
    const lines = this.#markdown.slice(this.#paragraph, start).trim().split('\n');
    const text = lines.map((line) => line.trim()).join(' ');
    const level = content.startsWith('=') ? 1 : 2;
    this.headings.push({ level, text, offset: this.#paragraph });
    this.#endParagraph();
    return true;
  }

  #startsBlock(line: MarkdownLine): boolean {
    const { content, start } = line;
    const leaves = this.#leavesList(line);
    if (leaves && !this.#open && listItem(content, 0) === undefined) this.#list = 0;
    const inList = this.#list > 0 && !leaves;
    const indent = inList ? line.column - this.#list : line.column;
    if (indent >= CODE_INDENT) return this.#open;
    const fence = openFence(content);
    const html = htmlBlockEnd(content, this.#open);
    const atx = ATX.exec(content);
    const isRule = RULE.test(content);
    if (fence === undefined && html === undefined && atx === null && !isRule)
      return this.#startsContainerOrText(line, inList);
    if (!inList) this.#list = 0;
    this.#endParagraph();
    if (atx !== null && !inList) {
      const text = (atx[2] ?? '').replace(/(?:^|[ \t]+)#+[ \t]*$/, '').trim();
      this.headings.push({ level: (atx[1] ?? '').length, text, offset: start });
    }
    if (fence !== undefined) this.#fence = { mark: fence, column: this.#list, quoted: false };
    // the opening of a comment must not pass for its end: `<!-->`
    else if (html !== undefined && !endsHtmlBlock(content.slice(2), html)) this.#html = html;
    return fence === undefined;
  }

  #startsContainerOrText({ content, column, start }: MarkdownLine, inList: boolean): boolean {
    const item = listItem(content, column);
    if (item !== undefined && this.#mayBeginList(item, inList)) {
      this.#list = item.column;
      return this.#startsInner(item.inner);
    }
    if (content.startsWith('>')) {
      const inner = content.replace(/^(?:>[ \t]?)+/, '').trimStart();
      const fence = openFence(inner);
      if (!inList) this.#list = 0;
      this.#paragraph = undefined;
      this.#open = inner !== '' && fence === undefined && !ATX.test(inner);
      if (fence !== undefined) this.#fence = { mark: fence, column: 0, quoted: true };
      return fence === undefined;
    }
    if (!this.#open && !inList) this.#paragraph = start;
    this.#open = true;
    return true;
  }

  /** Only items with text, and of the numbers only 1, begin a list in the midst of a paragraph of their container. */
  #mayBeginList({ mark, inner }: { mark: string; inner: string }, inList: boolean): boolean {
    if (!this.#open || (this.#paragraph === undefined && !inList)) return true;
    return inner !== '' && (!/^\d/.test(mark) || /^1[.)]$/.test(mark));
  }

  /** What follows a list mark on its line. */
  #startsInner(inner: string): boolean {
    this.#paragraph = undefined;
    const fence = openFence(inner);
    if (fence !== undefined) {
      this.#fence = { mark: fence, column: this.#list, quoted: false };
      this.#open = false;
      return false;
    }
    const nested = RULE.test(inner) ? undefined : listItem(inner, this.#list);
    if (nested !== undefined) {
      this.#list = nested.column;
      return this.#startsInner(nested.inner);
    }
    this.#open = inner !== '' && !ATX.test(inner);
    this.#emptyItem = inner === '';
    return true;
  }

  #endParagraph(): void {
    this.#paragraph = undefined;
    this.#open = false;
  }
}

function openFence(content: string): string | undefined {
  const match = FENCE.exec(content);
  return match?.[1] ?? match?.[2];
}
