/** Finds where a Markdown text names pictures, so that the addresses alone can be replaced. */
import { markdownBlocks } from './blocks.ts';

/** Offsets `[start, end)` of an address in the text, and what it says. */
export interface ImageAddress {
  readonly start: number;
  readonly end: number;
  readonly address: string;
  /** An Obsidian embed, `![[picture.png|text]]`: the offsets are those of the whole embed. */
  readonly embed?: { readonly alt: string };
}

const MAXIMUM_ALT = 2000;
const MAXIMUM_PARENTHESES = 32;

export function findImages(markdown: string): ImageAddress[] {
  const found: ImageAddress[] = [];
  const labels = new Set<string>();
  const { prose } = markdownBlocks(markdown);
  for (const [start, end] of prose)
    scanProse(markdown, start, Math.min(end, markdown.length), found, labels);
  if (labels.size > 0)
    for (const [start, end] of prose) found.push(...definitions(markdown, start, end, labels));
  return found.toSorted((a, b) => a.start - b.start);
}

// eslint-disable-next-line max-params
function scanProse(
  markdown: string,
  start: number,
  end: number,
  found: ImageAddress[],
  labels: Set<string>,
): void {
  const part = markdown.slice(start, end);
  if (!part.includes('![') && !/<img/i.test(part)) return;
  const codeEnds = codeSpans(part);
  const special = /[\\`<!]/g;
  for (let match = special.exec(part); match !== null; match = special.exec(part)) {
    const at = match.index;
    const [image, next] = readAt(part, at, codeEnds, labels);
    if (image !== undefined)
      found.push({ ...image, start: image.start + start, end: image.end + start });
    special.lastIndex = Math.max(next, at + 1);
  }
}

/** A picture at the offset, and where to go on. */
// eslint-disable-next-line max-params
function readAt(
  part: string,
  at: number,
  codeEnds: ReadonlyMap<number, number>,
  labels: Set<string>,
): [ImageAddress | undefined, number] {
  switch (part[at]) {
    case '\\':
      return [undefined, at + 2];
    case '`':
      return [undefined, codeEnds.get(at) ?? runEnd(part, at)];
    case '<':
      return readTag(part, at);
    default:
      return part[at + 1] === '[' ? readImage(part, at, labels) : [undefined, at + 1];
  }
}

function readTag(part: string, at: number): [ImageAddress | undefined, number] {
  if (part.startsWith('<!--', at)) {
    const end = part.indexOf('-->', at + 4);
    return [undefined, end < 0 ? part.length : end + 3];
  }
  if (!/^<img[\s/]/i.test(part.slice(at, at + 5))) return [undefined, at + 1];
  const close = part.indexOf('>', at);
  if (close < 0) return [undefined, part.length];
  const tag = part.slice(at, close);
  const src = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag);
  if (src === null) return [undefined, close + 1];
  const value = src[1] ?? src[2] ?? src[3] ?? '';
  const quote = src[3] === undefined ? 1 : 0;
  const start = at + src.index + src[0].length - quote - value.length;
  return [{ start, end: start + value.length, address: value.replaceAll('&amp;', '&') }, close + 1];
}

function readImage(
  part: string,
  at: number,
  labels: Set<string>,
): [ImageAddress | undefined, number] {
  const embed = /^!\[\[([^[\]|\n]{1,500})(?:\|([^[\]\n]{0,500}))?\]\]/.exec(
    part.slice(at, at + 1100),
  );
  if (embed !== null) {
    const end = at + embed[0].length;
    const alt = embed[2] ?? '';
    // `|300` and `|300x200` are sizes
    const words = /^\d+(?:x\d+)?$/.test(alt) ? '' : alt;
    return [
      {
        start: at,
        end,
        address: (embed[1] ?? '').replace(/#.*$/, '').trim(),
        embed: { alt: words },
      },
      end,
    ];
  }
  const close = closingBracket(part, at + 2);
  if (close === undefined) return [undefined, at + 2];
  if (part[close + 1] === '(') {
    const image = readDestination(part, close + 2);
    // pictures may stand in the text of a picture
    return image === undefined ? [undefined, at + 2] : [image, image.end];
  }
  const reference = /^\[([^\]]{0,999})\]/.exec(part.slice(close + 1, close + 1002));
  labels.add(normalLabel(reference?.[1] || part.slice(at + 2, close)));
  return [undefined, at + 2];
}

function closingBracket(part: string, from: number): number | undefined {
  let depth = 0;
  const last = Math.min(part.length, from + MAXIMUM_ALT);
  for (let at = from; at < last; at += 1) {
    if (part[at] === '\\') at += 1;
    else if (part[at] === '[') depth += 1;
    else if (part[at] === ']' && depth === 0) return at;
    else if (part[at] === ']') depth -= 1;
    else if (part[at] === '\n' && part[at + 1] === '\n') return undefined;
  }
  return undefined;
}

function readDestination(part: string, from: number): ImageAddress | undefined {
  let start = from;
  while (/[ \t\n]/.test(part[start] ?? '')) start += 1;
  if (part[start] === '<') {
    const close = part.indexOf('>', start);
    if (close < 0 || part.slice(start, close).includes('\n')) return undefined;
    return { start: start + 1, end: close, address: unescaped(part.slice(start + 1, close)) };
  }
  let depth = 0;
  let end = start;
  for (; end < part.length && depth <= MAXIMUM_PARENTHESES; end += 1) {
    const code = part.charCodeAt(end);
    if (code <= 0x20) break;
    if (code === 0x5c) end += 1;
    else if (code === 0x28) depth += 1;
    else if (code === 0x29 && depth === 0) break;
    else if (code === 0x29) depth -= 1;
  }
  const rest = part.slice(end, end + MAXIMUM_ALT);
  const closes =
    /^\s*(?:\)|(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*\))/.test(rest);
  if (depth !== 0 || end === start || !closes) return undefined;
  return { start, end, address: unescaped(part.slice(start, end)) };
}

// eslint-disable-next-line max-params
function definitions(
  markdown: string,
  start: number,
  end: number,
  labels: ReadonlySet<string>,
): ImageAddress[] {
  const part = markdown.slice(start, end);
  const pattern = /^ {0,3}\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|(\S+))/gm;
  return [...part.matchAll(pattern)].flatMap((match) => {
    const address = match[2] ?? match[3] ?? '';
    if (!labels.has(normalLabel(match[1] ?? ''))) return [];
    const stop = start + match.index + match[0].length - (match[2] === undefined ? 0 : 1);
    return [{ start: stop - address.length, end: stop, address: unescaped(address) }];
  });
}

/** Start of each code span and where it ends: a run of backticks closes with the next run of the same length. */
function codeSpans(part: string): Map<number, number> {
  const runs = [...part.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ index, length }));
  const next = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const { index, length } of runs.toReversed()) {
    const closing = next.get(length);
    if (closing !== undefined) ends.set(index, closing + length);
    next.set(length, index);
  }
  return ends;
}

function runEnd(part: string, at: number): number {
  let end = at;
  while (part[end] === '`') end += 1;
  return end;
}

function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}
