/**
 * The lines of a Markdown text that are code or raw HTML, and its headings, in one pass over the lines.
 *
 * The rules are those of CommonMark 0.31 for blocks. Of the containers only what decides about the two
 * questions is kept: whether a line is in a list item or a quotation. A syntax tree of a text of many
 * megabytes would take tens of times its size.
 */

export interface MarkdownHeading {
  readonly level: number;
  /** As written, without marks at its ends. */
  readonly text: string;
  /** Offset of its first character in the text. */
  readonly offset: number;
}

export interface MarkdownBlocks {
  /** Headings outside of lists and quotations. */
  readonly headings: readonly MarkdownHeading[];
  /** Offsets `[start, end)` of runs of lines with inline text: all that is neither code nor blank. */
  readonly prose: readonly (readonly [number, number])[];
}

const FENCE = /^(`{3,})[^`]*$|^(~{3,})/;
const ATX = /^(#{1,6})(?:[ \t]+(.*))?$/;
const SETEXT = /^(=+|-+)[ \t]*$/;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const LIST_ITEM = /^(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/;
const RAW_TAG = /^<(script|pre|style|textarea)(?=[\s>]|$)/i;
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)/i;
const LONE_TAG =
  /^(?:<[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|<\/[a-z][a-z0-9-]*\s*>)[ \t]*$/i;

interface State {
  /** Open fence: its mark, and the column of the list item's content that holds it. */
  fence: { readonly mark: string; readonly column: number; readonly quoted: boolean } | undefined;
  /** What ends the open HTML block: a pattern, or `blank`. */
  html: RegExp | 'blank' | undefined;
  /** Offset at which the open paragraph outside of containers begins. */
  paragraph: number | undefined;
  /** A paragraph is open, wherever it stands: an indented line goes on with it. */
  open: boolean;
  /** Column of the content of the open list item, 0 outside of lists. */
  list: number;
}

export function markdownBlocks(markdown: string): MarkdownBlocks {
  const headings: MarkdownHeading[] = [];
  const prose: [number, number][] = [];
  const state: State = {
    fence: undefined,
    html: undefined,
    paragraph: undefined,
    open: false,
    list: 0,
  };
  for (let start = 0; start < markdown.length;) {
    const newline = markdown.indexOf('\n', start);
    const end = newline < 0 ? markdown.length : newline;
    const isProse = readLine(markdown, start, end, state, headings);
    const last = prose.at(-1);
    if (isProse && last !== undefined && last[1] === start) last[1] = end + 1;
    else if (isProse) prose.push([start, end + 1]);
    start = end + 1;
  }
  return { headings, prose };
}

/** Whether the line holds inline text. */
// eslint-disable-next-line max-params
function readLine(
  markdown: string,
  start: number,
  end: number,
  state: State,
  headings: MarkdownHeading[],
): boolean {
  const line = markdown.slice(start, end);
  const column = indentOf(line);
  const content = line.trimStart();
  if (state.fence !== undefined && continuesFence(content, column, state)) return false;
  if (state.html !== undefined) return continuesHtml(content, state);
  if (content === '') {
    state.open = false;
    state.paragraph = undefined;
    return false;
  }
  if (state.paragraph !== undefined && column < 4) {
    const underline = SETEXT.exec(content);
    if (underline !== null) {
      const text = markdown
        .slice(state.paragraph, start)
        .trim()
        .split('\n')
        .map((part) => part.trim())
        .join(' ');
      headings.push({ level: content.startsWith('=') ? 1 : 2, text, offset: state.paragraph });
      endParagraph(state);
      return true;
    }
  }
  return readBlockStart({ line, content, column, start }, state, headings);
}

interface LineParts {
  readonly line: string;
  readonly content: string;
  readonly column: number;
  readonly start: number;
}

function readBlockStart(
  { content, column, start }: LineParts,
  state: State,
  headings: MarkdownHeading[],
): boolean {
  if (!state.open && state.list > 0 && column < state.list && !LIST_ITEM.test(content))
    state.list = 0;
  const inList = state.list > 0 && column >= state.list;
  const indent = inList ? column - state.list : column;
  if (indent >= 4 && !state.open) return false;
  if (indent >= 4) return true;
  const atx = ATX.exec(content);
  if (atx !== null) {
    const text = (atx[2] ?? '').replace(/(?:^|[ \t]+)#+[ \t]*$/, '').trim();
    if (!inList) {
      state.list = 0;
      headings.push({ level: (atx[1] ?? '').length, text, offset: start });
    }
    endParagraph(state);
    return true;
  }
  const marker = openFence(content);
  if (marker !== undefined) {
    if (!inList) state.list = 0;
    state.fence = { mark: marker, column: inList ? state.list : 0, quoted: false };
    endParagraph(state);
    return false;
  }
  if (RULE.test(content)) {
    if (!inList) state.list = 0;
    endParagraph(state);
    return true;
  }
  if (content.startsWith('<') && opensHtml(content, state)) {
    if (!inList) state.list = 0;
    state.paragraph = undefined;
    state.open = false;
    return true;
  }
  return readContainerOrText(content, { column, inList, start }, state);
}

function readContainerOrText(
  content: string,
  { column, inList, start }: { column: number; inList: boolean; start: number },
  state: State,
): boolean {
  const item = LIST_ITEM.exec(content)?.[0];
  const isEmptyItem = item !== undefined && content.trim() === item;
  const interrupts =
    !state.open ||
    (!isEmptyItem && (!/^\d/.test(content) || /^1[.)]/.test(content))) ||
    state.list > 0;
  if (item !== undefined && interrupts) {
    const after = content.slice(item.length);
    const spaces = indentOf(after);
    state.list = column + item.length + (spaces >= 1 && spaces <= 4 ? spaces : 1);
    return openInner(after.trimStart(), state);
  }
  if (content.startsWith('>')) {
    const inner = content.replace(/^(?:>[ \t]?)+/, '').trimStart();
    state.paragraph = undefined;
    state.open = inner !== '' && !ATX.test(inner);
    const fence = openFence(inner);
    if (fence !== undefined) state.fence = { mark: fence, column: 0, quoted: true };
    return fence === undefined;
  }
  if (!state.open && !inList) state.paragraph = start;
  state.open = true;
  return true;
}

/** What follows a list mark on its line. */
function openInner(inner: string, state: State): boolean {
  state.paragraph = undefined;
  const nested = LIST_ITEM.exec(inner)?.[0];
  const fence = openFence(inner);
  if (fence !== undefined) {
    state.fence = { mark: fence, column: state.list, quoted: false };
    state.open = false;
    return false;
  }
  if (nested !== undefined && !RULE.test(inner)) {
    const after = inner.slice(nested.length);
    const spaces = indentOf(after);
    state.list += nested.length + (spaces >= 1 && spaces <= 4 ? spaces : 1);
    return openInner(after.trimStart(), state);
  }
  state.open = inner !== '' && !ATX.test(inner);
  return true;
}

function endParagraph(state: State): void {
  state.paragraph = undefined;
  state.open = false;
}

function openFence(content: string): string | undefined {
  const match = FENCE.exec(content);
  return match?.[1] ?? match?.[2];
}

function continuesFence(content: string, column: number, state: State): boolean {
  const { fence } = state;
  if (fence === undefined) return false;
  const leftQuote = fence.quoted && !content.startsWith('>');
  const leftList = content !== '' && column < fence.column;
  if (leftQuote || leftList) {
    state.fence = undefined;
    return false;
  }
  const inner = fence.quoted ? content.replace(/^>[ \t]?/, '').trimStart() : content;
  const closes = column - fence.column < 4 && /^(`{3,}|~{3,})[ \t]*$/.exec(inner)?.[1];
  if (typeof closes === 'string' && closes.startsWith(fence.mark)) state.fence = undefined;
  return true;
}

function opensHtml(content: string, state: State): boolean {
  const raw = RAW_TAG.exec(content)?.[1];
  const end =
    raw !== undefined
      ? /<\/(?:script|pre|style|textarea)>/i
      : content.startsWith('<!--')
        ? /-->/
        : content.startsWith('<?')
          ? /\?>/
          : content.startsWith('<![CDATA[')
            ? /\]\]>/
            : /^<![A-Za-z]/.test(content)
              ? />/
              : undefined;
  if (end !== undefined) {
    const body = content.startsWith('<!--') ? content.slice(2) : content;
    if (!end.test(body)) state.html = end;
    return true;
  }
  if (BLOCK_TAG.test(content) || (!state.open && LONE_TAG.test(content))) {
    state.html = 'blank';
    return true;
  }
  return false;
}

function continuesHtml(content: string, state: State): boolean {
  const isLast = state.html === 'blank' ? content === '' : state.html?.test(content) === true;
  if (isLast) state.html = undefined;
  return content !== '';
}

/** Columns of white space, tabs to the next multiple of four. */
function indentOf(line: string): number {
  let column = 0;
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index];
    if (char === ' ') column += 1;
    else if (char === '\t') column += 4 - (column % 4);
    else break;
  }
  return column;
}
