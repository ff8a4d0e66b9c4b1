import type { Style } from '../style.ts';
import { renderInline } from './inline.ts';
import { isTableRow, renderTable } from './table.ts';
import { wrap } from './wrap.ts';

export interface MarkdownOptions {
  readonly style: Style;
  /** Of the terminal. */
  readonly columns: number;
  /** Applied to each line that is no code, before its marks are read. */
  readonly edit?: (line: string) => string;
}

/** Longer lines are hard to read. */
const MOST_COLUMNS = 100;

/** Markdown that arrives in pieces, as lines for a terminal: each as soon as it is whole, a table at its end. */
export interface MarkdownLines {
  push(text: string): string[];
  /** The rest; then it is as new. */
  end(): string[];
}

export function markdownLines({ style, edit = same, ...options }: MarkdownOptions): MarkdownLines {
  const columns = Math.max(10, Math.min(options.columns, MOST_COLUMNS));
  let unfinished = '';
  let fence = '';
  let rows: string[] = [];
  const endTable = (): string[] => {
    const lines = rows.length === 0 ? [] : renderTable(rows, columns, style);
    rows = [];
    return lines;
  };
  const whole = (line: string): string[] => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== '') {
      const closes = mark?.startsWith(fence) === true && /^\s*[`~]+\s*$/.test(line);
      if (closes) fence = '';
      return closes ? [] : [`    ${style.code(line)}`];
    }
    if (mark !== undefined) {
      fence = mark;
      return endTable();
    }
    const edited = edit(line);
    if (isTableRow(edited)) {
      rows.push(edited);
      return [];
    }
    return [...endTable(), ...renderLine(edited, columns, style)];
  };
  return {
    push(text) {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      return lines.flatMap((line) => whole(line.replace(/\r$/, '')));
    },
    end() {
      const lines = unfinished === '' ? [] : whole(unfinished);
      unfinished = '';
      fence = '';
      return [...lines, ...endTable()];
    },
  };
}

const same = (line: string): string => line;

function renderLine(line: string, columns: number, style: Style): string[] {
  if (line.trim() === '') return [''];
  const [, title] = /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line) ?? [];
  if (title !== undefined)
    return wrap(style.bold(renderInline(title, style)), { first: '', rest: '', columns });
  if (/^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line)) return [style.dim('─'.repeat(columns))];
  const [, quoted] = /^ {0,3}> ?(.*)$/.exec(line) ?? [];
  if (quoted !== undefined) return within(style.dim('│ '), quoted, { columns, style });
  const [, indent = '', bullet, rest = ''] =
    /^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(.*)$/.exec(line) ?? [];
  if (bullet === undefined)
    return wrap(renderInline(line.trim(), style), { first: '', rest: '', columns });
  const first = `${indent.replaceAll('\t', '    ')}${/\d/.test(bullet) ? bullet : '•'} `;
  return wrap(renderInline(rest, style), { first, rest: ' '.repeat(first.length), columns });
}

function within(
  margin: string,
  text: string,
  { columns, style }: { readonly columns: number; readonly style: Style },
): string[] {
  return wrap(renderInline(text, style), { first: margin, rest: margin, columns });
}
