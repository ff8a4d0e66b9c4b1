/** The address of a link or a picture in parentheses (CommonMark 0.31, 6.3): offsets in the text. */
export interface Destination {
  readonly start: number;
  readonly end: number;
  /** Without backslashes before marks. */
  readonly address: string;
}

const MAXIMUM_PARENTHESES = 32;
const MAXIMUM_TITLE = 2000;
const CLOSE = /^\s*(?:\)|(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*\))/s;

/** Reads the address after the opening parenthesis at `from - 1`; `undefined` when it is no link. */
export function readDestination(text: string, from: number): Destination | undefined {
  let start = from;
  while (/[ \t\n]/.test(text[start] ?? '')) start += 1;
  const end = text[start] === '<' ? closingAngle(text, start) : plainEnd(text, start);
  if (end === undefined) return undefined;
  const inner = text[start] === '<' ? start + 1 : start;
  const rest = text.slice(end + inner - start, end + MAXIMUM_TITLE);
  if (!CLOSE.test(rest)) return undefined;
  return { start: inner, end, address: withoutEscapes(text.slice(inner, end)) };
}

export function withoutEscapes(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

function closingAngle(text: string, start: number): number | undefined {
  const close = text.indexOf('>', start);
  return close < 0 || text.slice(start, close).includes('\n') ? undefined : close;
}

/** The end of an address without white space in which parentheses come in pairs. */
function plainEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let end = start;
  for (; end < text.length && depth <= MAXIMUM_PARENTHESES; end += 1) {
    const code = text.charCodeAt(end);
    if (code <= 0x20 || (code === 0x29 && depth === 0)) break;
    if (code === 0x5c) end += 1;
    else if (code === 0x28) depth += 1;
    else if (code === 0x29) depth -= 1;
  }
  return depth !== 0 || end === start ? undefined : end;
}
