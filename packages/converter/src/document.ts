/**
 * The value every converter returns: a **document**, the Markdown form of a source.
 *
 * What is odd about a source is a message on the value; what is impossible is a `ConversionError`.
 */

/** What a user gives: its bytes and its name. The name's ending is a hint only; content decides. */
export interface Source {
  /** File name with ending, without a directory: `report.pdf`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /**
   * Bytes of a file beside the source, for pictures that Markdown and HTML name by a relative path
   * (posix, already percent-decoded). The caller keeps it inside the source's directory and
   * returns `undefined` for what it does not give out.
   */
  readonly readAsset?: (relativePath: string) => Uint8Array | undefined;
}

/** A picture of the document, found in its Markdown as `![alt](openkb-image:NAME)`. */
export interface DocumentImage {
  /** Unique within the document and safe as a file name: `p1_img1.png`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Pixels, when known. */
  readonly width?: number;
  readonly height?: number;
  /** 1-based page that shows it first, for formats with pages. */
  readonly page?: number;
}

/** One page of a format that has pages. */
export interface DocumentPage {
  /** 1-based position in the file. */
  readonly page: number;
  /** What the document prints as its number (`iv`, `12`), when it differs from `page`. */
  readonly label?: string;
  readonly markdown: string;
  /** Names of the images on it. */
  readonly images: readonly string[];
}

/** A heading, or a bookmark of a PDF, in document order. */
export interface OutlineEntry {
  readonly title: string;
  /** 1 is the outermost. */
  readonly level: number;
  /** 1-based page it points to, for formats with pages. */
  readonly page?: number;
  /** How far down the page it points, where the file says so: 0 is the top, 1 the bottom. */
  readonly top?: number;
}

export interface DocumentMetadata {
  readonly authors?: readonly string[];
  /** As the source states it, ISO 8601 where it can be read as a date. */
  readonly date?: string;
  /** BCP 47 tag that the source states. */
  readonly language?: string;
  /** The address that a web page gives as its own. */
  readonly url?: string;
}

/** Something odd that the reader of the document should know. */
export interface ConversionMessage {
  readonly level: 'info' | 'warning';
  /** Stable, in kebab case: `scanned-pages`, `image-skipped`. */
  readonly code: string;
  readonly text: string;
  readonly page?: number;
}

/** `xls` is any binary workbook, `csv` any text of delimited values, `mhtml` a saved web page with its pictures. */
export type DocumentFormat =
  | 'pdf'
  | 'docx'
  | 'pptx'
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'odt'
  | 'rtf'
  | 'epub'
  | 'html'
  | 'mhtml'
  | 'csv'
  | 'json'
  | 'xml'
  | 'ipynb'
  | 'markdown'
  | 'text';

export interface ConvertedDocument {
  readonly format: DocumentFormat;
  readonly title: string;
  /** The whole text; pictures are `openkb-image:NAME` links, see `linkImages`. */
  readonly markdown: string;
  /**
   * Present for formats with pages; their Markdown joined is `markdown`, in which a paragraph that runs over
   * a page's end is one.
   */
  readonly pages?: readonly DocumentPage[];
  readonly images: readonly DocumentImage[];
  readonly outline: readonly OutlineEntry[];
  /** Where a PDF's outline comes from: its author's bookmarks, or headings as the converter finds them. */
  readonly outlineFrom?: 'bookmarks' | 'headings';
  readonly metadata: DocumentMetadata;
  readonly messages: readonly ConversionMessage[];
}
