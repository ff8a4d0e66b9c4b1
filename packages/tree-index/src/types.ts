/** The shapes that go in and come out. Page numbers are 1-based and inclusive throughout. */

/** A line of a page with the style it is set in, for formats that know it. */
export interface StyledLine {
  readonly text: string;
  /** Font size in any unit, the same one for the whole document. */
  readonly size?: number;
  readonly bold?: boolean;
  /** Distance from the top of the page, in any unit. */
  readonly y?: number;
}

/** One page of the document. */
export interface PageText {
  /** 1-based position in the file. */
  readonly page: number;
  /** Plain text or Markdown; Markdown `#` headings count as headings. */
  readonly text: string;
  /** The same page line by line with styles; used instead of the lines of `text` where given. */
  readonly lines?: readonly StyledLine[];
}

/** A bookmark of the file, in document order. */
export interface OutlineItem {
  readonly title: string;
  /** 1 is the outermost. */
  readonly level: number;
  readonly page?: number;
  /** How far down the page it points: 0 is the top, 1 the bottom. */
  readonly top?: number;
}

export interface TreeInput {
  /** Missing numbers count as blank pages. */
  readonly pages: readonly PageText[];
  readonly outline?: readonly OutlineItem[];
}

/** Titles of sections that the document itself does not name. */
export interface TreeLabels {
  /** Pages before the first section. */
  readonly front: string;
  /** Pages of a section before its first subsection. */
  readonly opening: string;
  /** Followed by the numbers of a window of pages that has no text. */
  readonly pages: string;
}

export interface TreeOptions {
  /** A leaf is split when it has more than twice as many pages. Default 10. */
  readonly maxPagesPerNode?: number;
  /** A leaf is split when it has more than twice as many tokens (estimated). Default 20000. */
  readonly maxTokensPerNode?: number;
  /** Defaults: `Front matter`, `Opening`, `Pages`. */
  readonly labels?: Partial<TreeLabels>;
}

/** Which evidence made the frame of the tree. */
export type TreeMethod = 'outline' | 'contents' | 'headings' | 'numbering' | 'windows';

/** Something the reader of the tree should know. */
export interface TreeMessage {
  readonly level: 'info' | 'warning';
  /** Stable, in kebab case: `outline-rejected`, `scanned-pages`. */
  readonly code: string;
  readonly text: string;
}

export interface SectionNode {
  /** Four digits or more, in pre-order from `0000`. */
  readonly id: string;
  readonly title: string;
  readonly startPage: number;
  readonly endPage: number;
  readonly children: readonly SectionNode[];
  /** Titles of tiny sections on the same page that were merged into this one. */
  readonly keyItems?: readonly string[];
}

export interface SectionTree {
  readonly pageCount: number;
  readonly nodes: readonly SectionNode[];
  readonly method: TreeMethod;
  readonly messages: readonly TreeMessage[];
}

/** A section of Markdown without pages; lines are 1-based and inclusive. */
export interface MarkdownNode {
  readonly id: string;
  readonly title: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly children: readonly MarkdownNode[];
}

export interface MarkdownTree {
  readonly lineCount: number;
  readonly nodes: readonly MarkdownNode[];
  readonly method: 'headings' | 'windows';
}

export interface MarkdownTreeOptions {
  /** A leaf is split when it has more than twice as many tokens (estimated). Default 20000. */
  readonly maxTokensPerNode?: number;
}
