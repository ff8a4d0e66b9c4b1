/** Finds where a Markdown text names pictures, so that the addresses alone can be replaced. */
import { markdownBlocks } from './blocks.ts';
import { readDestination, withoutEscapes, type Destination } from './destination.ts';

/** Where an address stands, and what it says. */
export interface ImageAddress extends Destination {
  /** An Obsidian embed, `![[picture.png|text]]`: the offsets are those of the whole embed. */
  readonly embed?: { readonly alt: string };
}

const MAXIMUM_ALT = 2000;

/** In the order of the text. Code and comments are left out, and so are labels that no picture uses. */
export function findImages(markdown: string): ImageAddress[] {
  const found: ImageAddress[] = [];
  const labels = new Set<string>();
  const { prose } = markdownBlocks(markdown);
  for (const [start, end] of prose) {
    const part = markdown.slice(start, end);
    if (!part.includes('![') && !/<img/i.test(part)) continue;
    const scanner = new ImageScanner(part, labels);
    found.push(...scanner.images().map((image) => moved(image, start)));
  }
  if (labels.size > 0)
    for (const [start, end] of prose)
      found.push(
        ...definitions(markdown.slice(start, end), labels).map((image) => moved(image, start)),
      );
  return found.toSorted((a, b) => a.start - b.start);
}

function moved(image: ImageAddress, by: number): ImageAddress {
  return { ...image, start: image.start + by, end: image.end + by };
}

/** One run of lines, read from mark to mark; every mark is looked at once. */
class ImageScanner {
  readonly #text: string;
  readonly #labels: Set<string>;
  readonly #codeEnds: ReadonlyMap<number, number>;
  readonly #found: ImageAddress[] = [];
  /** Where the next `]` is; marks are read in order, so that it is looked for once. */
  #nextClose = -1;

  constructor(text: string, labels: Set<string>) {
    this.#text = text;
    this.#labels = labels;
    this.#codeEnds = codeSpans(text);
  }

  images(): readonly ImageAddress[] {
    const mark = /\\|`+|<|!\[/g;
    for (let match = mark.exec(this.#text); match !== null; match = mark.exec(this.#text))
      mark.lastIndex = this.#readMark(match[0], match.index);
    return this.#found;
  }

  /** Reads what a mark begins; gives the offset to go on from. */
  #readMark(mark: string, at: number): number {
    if (mark === '\\') return at + 2;
    if (mark === '<') return this.#readTag(at);
    if (mark === '![') return this.#readEmbed(at) ?? this.#readImage(at);
    return this.#codeEnds.get(at) ?? at + mark.length;
  }

  #readTag(at: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      return end < 0 ? text.length : end + 3;
    }
    if (!/^<img[\s/]/i.test(text.slice(at, at + 5))) return at + 1;
    const close = text.indexOf('>', at);
    if (close < 0) return text.length;
    const src = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(text.slice(at, close));
    if (src !== null) {
      const value = src[1] ?? src[2] ?? src[3] ?? '';
      const end = at + src.index + src[0].length - (src[3] === undefined ? 1 : 0);
      const address = value.replaceAll('&amp;', '&');
      this.#found.push({ start: end - value.length, end, address });
    }
    return close + 1;
  }

  #readEmbed(at: number): number | undefined {
    const embed = /^!\[\[([^[\]|\n]{1,500})(?:\|([^[\]\n]{0,500}))?\]\]/.exec(
      this.#text.slice(at, at + 1100),
    );
    if (embed === null) return undefined;
    const end = at + embed[0].length;
    const address = (embed[1] ?? '').replace(/#.*$/, '').trim();
    // `|300` and `|300x200` are sizes
    const alt = /^\d+(?:x\d+)?$/.test(embed[2] ?? '') ? '' : (embed[2] ?? '');
    this.#found.push({ start: at, end, address, embed: { alt } });
    return end;
  }

  /** Goes on behind the opening mark when there is no address: pictures may stand in a picture's text. */
  #readImage(at: number): number {
    const text = this.#text;
    const close = this.#closingBracket(at + 2);
    if (close === undefined) return at + 2;
    const destination = text[close + 1] === '(' ? readDestination(text, close + 2) : undefined;
    if (destination !== undefined) {
      this.#found.push(destination);
      return destination.end;
    }
    const label = /^\[([^\]]{1,999})\]/.exec(text.slice(close + 1, close + 1002))?.[1];
    this.#labels.add(normalLabel(label ?? text.slice(at + 2, close)));
    return at + 2;
  }

  #closingBracket(from: number): number | undefined {
    const text = this.#text;
    let depth = 0;
    const last = Math.min(text.length, from + MAXIMUM_ALT);
    if (this.#nextClose < from) {
      const next = text.indexOf(']', from);
      this.#nextClose = next < 0 ? text.length : next;
    }
    if (this.#nextClose >= last) return undefined;
    for (let at = from; at < last; at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '[') depth += 1;
      else if (text[at] === ']' && depth === 0) return at;
      else if (text[at] === ']') depth -= 1;
    }
    return undefined;
  }
}

const DEFINITION = /^ {0,3}\[((?:[^[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|(\S+))/gm;

function definitions(part: string, labels: ReadonlySet<string>): ImageAddress[] {
  return [...part.matchAll(DEFINITION)].flatMap((match) => {
    const address = match[2] ?? match[3] ?? '';
    if (!labels.has(normalLabel(match[1] ?? ''))) return [];
    const end = match.index + match[0].length - (match[2] === undefined ? 0 : 1);
    return [{ start: end - address.length, end, address: withoutEscapes(address) }];
  });
}

/** Start of each code span and where it ends: a run of backticks closes with the next run of the same length. */
function codeSpans(text: string): Map<number, number> {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ index, length }));
  const next = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const { index, length } of runs.toReversed()) {
    const closing = next.get(length);
    if (closing !== undefined) ends.set(index, closing + length);
    next.set(length, index);
  }
  return ends;
}

function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}
