/**
 * What the layout works on. Lengths are points, y grows upwards, and text runs to the right: a page whose
 * text is turned is turned back when it is read.
 */

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Gap {
  /** Index in the text of the word after it. */
  readonly at: number;
  readonly x0: number;
  readonly x1: number;
}

/** A run of characters on one baseline without a wide gap in it. */
export interface Segment {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  /** Baseline. */
  readonly y: number;
  /** Height of the font that most of its characters have. */
  readonly size: number;
  readonly bold: boolean;
  readonly monospaced: boolean;
  /** The wider spaces between its words: columns of a table can be as near as that. */
  readonly gaps?: readonly Gap[];
  /** It ends in a hyphen that is not part of `text`: the word goes on in the next line. */
  readonly hyphen: boolean;
}

export interface PageImage {
  readonly name: string;
  readonly box: Box;
}

export interface PageContent {
  readonly page: number;
  readonly label: string | undefined;
  readonly box: Box;
  readonly segments: readonly Segment[];
  /** Text that runs in another direction than the page's: a stamp in the margin. */
  readonly turned: readonly string[];
  readonly images: readonly PageImage[];
  /** Straight lines: a box without height is a horizontal one, one without width a vertical one. */
  readonly rules: readonly Box[];
  readonly characters: number;
  /** Characters without a meaning: fonts that do not say which letters they draw. */
  readonly unreadable: number;
  /** A picture covers the page. */
  readonly covered: boolean;
}

/** Rows of cells; the segments of a cell are in reading order. */
export type TableRows = readonly (readonly (readonly Segment[])[])[];

/** One line of a column: segments of a baseline from left to right. */
export interface Line {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly monospaced: boolean;
  readonly hyphen: boolean;
  /** Parts with wide gaps between them, as a table row has; a list mark or a number is not counted. */
  readonly cells: number;
  /** The segments, from left to right. */
  readonly parts: readonly Segment[];
  /** The table that it is a part of: the same value for all its lines. */
  readonly table?: TableRows;
  /** Column that it stands in: lines of different columns have different numbers. */
  readonly column: number;
  /** The column's left and right edge. */
  readonly left: number;
  readonly right: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly level: number }
  | { readonly kind: 'paragraph'; readonly text: string; readonly open: boolean }
  | { readonly kind: 'rows'; readonly rows: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly rows: readonly string[] }
  | { readonly kind: 'item'; readonly text: string; readonly mark: string; readonly depth: number }
  | { readonly kind: 'image'; readonly name: string; readonly alt: string };

/** A block with its first baseline and its sides. */
export interface PlacedBlock {
  readonly block: Block;
  readonly y: number;
  readonly x0: number;
  readonly x1: number;
}
