import type { Box, Gap, Segment } from './model.ts';
import { markRaised } from './raised.ts';
import type { PageText } from './read-text.ts';
import type { TextStyle } from './text-style.ts';

export interface GlyphBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly originX: number;
  readonly originY: number;
}

/** A gap of so many font heights parts table cells, columns, a number from its heading. */
const WIDE_GAP = 1.5;
/** Characters of one line that PDFium gives as two (a superscript's) follow each other so closely. */
const CLOSE_GAP = 0.5;
const SPACE_GAP = 0.15;
/** Spaces of so many font heights are told: the usual one has a quarter. */
const TOLD_GAP = 0.45;
/** A baseline that moves by more than this many font heights is another line. */
const NEW_LINE = 0.7;
/** Smaller characters whose baseline is higher by so many font heights are raised. */
const RAISED_SIZE = 0.85;
const RAISED_BY = 0.12;

interface Extent {
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
}

interface Draft {
  text: string;
  x0: number;
  x1: number;
  y: number;
  readonly turn: TextStyle['turn'];
  readonly sizes: Map<number, number>;
  readonly gaps: Gap[];
  largest: number;
  /** Where in the text the raised characters at its end begin. */
  raisedAt: number | undefined;
  glyphs: number;
  bold: number;
  monospaced: number;
}

/** Characters closer than this have no rule between them. */
const RULE_GAP = 0.8;

/** Collects characters into segments: one per baseline and direction, parted at wide gaps and vertical rules. */
export class SegmentBuilder {
  readonly #byTurn: PageText['byTurn'] = [[], [], [], []];
  readonly #styles = new Map<number, TextStyle>();
  readonly #verticals: readonly Box[];
  #draft: Draft | undefined;
  #space = false;
  #lineEnded = false;
  #softHyphen = false;
  #characters = 0;
  #unreadable = 0;

  /** @param rules of the page; those without width are vertical */
  constructor(rules: readonly Box[]) {
    this.#verticals = rules.filter(({ x0, x1 }) => x0 === x1);
  }

  styleFor(object: number, read: () => TextStyle): TextStyle {
    let style = this.#styles.get(object);
    if (style === undefined) {
      style = read();
      this.#styles.set(object, style);
    }
    return style;
  }

  glyph(glyph: string, style: TextStyle, box: GlyphBox): void {
    this.#characters += 1;
    const { x0, x1, y } = turnBack(box, style.turn);
    const draft = this.#draft;
    if (draft !== undefined && this.#belongs(draft, style, { x0, x1, y })) {
      this.#extend(draft, glyph, style, { x0, x1, y });
      return;
    }
    this.#flush(false);
    const started: Draft = {
      text: '',
      x0,
      x1,
      y,
      turn: style.turn,
      sizes: new Map(),
      gaps: [],
      largest: 0,
      raisedAt: undefined,
      glyphs: 0,
      bold: 0,
      monospaced: 0,
    };
    this.#draft = started;
    this.#extend(started, glyph, style, { x0, x1, y });
  }

  /** A character without a place of its own. */
  append(glyph: string): void {
    if (this.#draft !== undefined) this.#draft.text += glyph;
  }

  space(): void {
    this.#space = true;
  }

  unreadable(): void {
    this.#characters += 1;
    this.#unreadable += 1;
  }

  hyphen(): void {
    this.#flush(true);
  }

  /** Invisible but at a line's end. */
  softHyphen(): void {
    this.#softHyphen = true;
  }

  /** The line may go on all the same: PDFium ends it before a superscript, too. */
  endLine(): void {
    if (this.#softHyphen) this.#flush(true);
    else this.#lineEnded = true;
  }

  finish(): PageText {
    this.#flush(false);
    return {
      byTurn: this.#byTurn,
      characters: this.#characters,
      unreadable: this.#unreadable,
    };
  }

  #belongs(draft: Draft, style: TextStyle, at: Extent): boolean {
    const reach = Math.max(style.size, draft.largest);
    if (style.turn !== draft.turn || Math.abs(at.y - draft.y) > reach * NEW_LINE) return false;
    if (style.turn === 0 && this.#isParted(draft, at)) return false;
    if (this.#lineEnded) {
      const gap = at.x0 - draft.x1;
      if (gap < -reach * CLOSE_GAP || gap > reach * CLOSE_GAP) return false;
      this.#space ||= gap > reach * SPACE_GAP;
      return true;
    }
    // the gap is measured both ways: right-to-left text goes on at the left
    return Math.max(at.x0 - draft.x1, draft.x0 - at.x1) <= reach * WIDE_GAP;
  }

  /** A vertical rule stands between the segment and the next character. */
  #isParted(draft: Draft, at: Extent): boolean {
    const [from, to] = at.x0 >= draft.x1 ? [draft.x1, at.x0] : [at.x1, draft.x0];
    if (to - from < RULE_GAP) return false;
    const height = at.y + 2;
    return this.#verticals.some(
      ({ x0, y0, y1 }) => x0 > from - 0.3 && x0 < to + 0.3 && y0 <= height && y1 >= height,
    );
  }

  #extend(draft: Draft, glyph: string, style: TextStyle, { x0, x1, y }: Extent): void {
    if (trackRaised(draft, style.size, y)) this.#space = true;
    if (this.#space && draft.text !== '') {
      draft.text += ' ';
      if (x0 - draft.x1 >= draft.largest * TOLD_GAP)
        draft.gaps.push({ at: draft.text.length, x0: draft.x1, x1: x0 });
    }
    this.#space = false;
    this.#lineEnded = false;
    this.#softHyphen = false;
    draft.text += glyph;
    draft.glyphs += 1;
    if (style.bold) draft.bold += 1;
    if (style.monospaced) draft.monospaced += 1;
    const size = Math.round(style.size * 10) / 10;
    const count = (draft.sizes.get(size) ?? 0) + 1;
    draft.sizes.set(size, count);
    // the baseline of a line is that of its largest characters: superscripts do not move it
    if (size >= draft.largest) {
      draft.largest = size;
      draft.y = y;
    }
    draft.x0 = Math.min(draft.x0, x0);
    draft.x1 = Math.max(draft.x1, x1);
  }

  #flush(hyphen: boolean): void {
    const draft = this.#draft;
    this.#draft = undefined;
    this.#space = false;
    this.#lineEnded = false;
    this.#softHyphen = false;
    if (draft === undefined) return;
    if (draft.raisedAt !== undefined) draft.text = markRaised(draft.text, draft.raisedAt);
    const text = draft.text.trim();
    if (text === '') return;
    const segment: Segment = {
      text,
      x0: draft.x0,
      x1: draft.x1,
      y: draft.y,
      size: commonest(draft.sizes),
      bold: draft.bold > draft.glyphs * 0.6,
      monospaced: draft.monospaced > draft.glyphs * 0.8,
      ...(draft.gaps.length > 0 && { gaps: draft.gaps }),
      hyphen,
    };
    this.#byTurn[draft.turn].push(segment);
  }
}

/**
 * Called before a character is added: raised characters begin or end with it. Whether a space belongs before
 * it: the number of a footnote has one before its text.
 */
function trackRaised(draft: Draft, size: number, y: number): boolean {
  const { largest, text } = draft;
  if (text === '') return false;
  if (size <= largest * RAISED_SIZE && y - draft.y >= largest * RAISED_BY) {
    draft.raisedAt ??= text.length;
    return false;
  }
  const isFirst = largest <= size * RAISED_SIZE && draft.y - y >= size * RAISED_BY;
  const at = isFirst ? 0 : draft.raisedAt;
  if (at !== undefined) draft.text = markRaised(text, at);
  draft.raisedAt = undefined;
  return isFirst && draft.text !== text;
}

function commonest(sizes: ReadonlyMap<number, number>): number {
  let [best, most] = [1, 0];
  for (const [size, count] of sizes) if (count > most) [best, most] = [size, count];
  return best;
}

/** Coordinates in which the writing runs to the right. */
function turnBack(box: GlyphBox, turn: TextStyle['turn']): Extent {
  switch (turn) {
    case 0:
      return { x0: box.left, x1: box.right, y: box.originY };
    case 1:
      return { x0: box.bottom, x1: box.top, y: -box.originX };
    case 2:
      return { x0: -box.right, x1: -box.left, y: -box.originY };
    case 3:
    default:
      return { x0: -box.top, x1: -box.bottom, y: box.originX };
  }
}
