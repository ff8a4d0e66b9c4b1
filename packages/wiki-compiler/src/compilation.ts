/**
 * The compiler's interface: document + wiki in, **compilation** out. Pure: the same document, wiki
 * and replies give the same compilation, byte for byte. It reads pages through `WikiView` and
 * writes nothing; the caller turns the compilation into a change set under the lock.
 */

import type { PageFacts } from '@openkb/wiki';

/** Read-only port to the pages of a wiki; paths are relative to `wiki/`: `concepts/attention.md`. */
export interface WikiView {
  /** The page's text, or `undefined` where there is none. */
  read(path: string): string | undefined;
  /** Paths of the pages of one directory (`concepts`, `entities`, `summaries`), sorted. */
  list(directory: string): readonly string[];
  /**
   * What `pageFacts` of the page's text gives, where the view knows it for less than reading the page;
   * `undefined` where there is none. Facts and text of a page may be of different moments: whoever reads
   * the text goes by the text.
   */
  facts?(path: string): Pick<PageFacts, 'title' | 'fields'> | undefined;
}

/** One page of a source that has pages. */
export interface PageText {
  /** 1-based. */
  readonly page: number;
  readonly text: string;
}

/** A node of a long document's section tree. */
export interface DocumentSection {
  readonly title: string;
  /** 1-based, inclusive. */
  readonly startPage: number;
  readonly endPage: number;
  readonly children: readonly DocumentSection[];
}

/** What is compiled. */
export interface CompilerInput {
  /** `doc_name`: the file-name stem that the document has in the wiki. */
  readonly name: string;
  readonly title: string;
  /** Where the text came from; decides how it is cleaned, and is never guessed from the content. */
  readonly format: 'pdf' | 'docx' | 'html' | 'markdown' | 'text';
  readonly markdown: string;
  readonly pages?: readonly PageText[];
  /** In place of `pages`, of a text that was stored without its pages: where each begins, as the summary page records it. */
  readonly pageStarts?: readonly number[];
  /** Section tree of a long document; its summary page shows the tree with page ranges. */
  readonly sections?: readonly DocumentSection[];
  readonly authors?: readonly string[];
  /** Path of the stored text relative to `wiki/`: `sources/<name>.md` or `.json`. */
  readonly fullText: string;
  readonly docType: 'short' | 'pageindex';
}

export interface CompilerOptions {
  /** Language of the wiki's own words (headings, labels), a BCP 47 tag: `en`. */
  readonly language: string;
  /** Entity types of the knowledge base in lower case; what fits none becomes `other`. */
  readonly entityTypes: readonly string[];
  /** Ends the work: the promise is rejected with the signal's reason at the next pause. */
  readonly signal?: AbortSignal;
}

/** The intended text of one page. */
export interface PageChange {
  /** Relative to `wiki/`: `concepts/attention.md`. */
  readonly path: string;
  readonly kind: 'summary' | 'concept' | 'entity';
  /** Whole new text of the page. */
  readonly text: string;
  readonly title: string;
  readonly description: string;
  /** Entity type in lower case, for entities. */
  readonly entityType?: string;
  /** Whether the page exists in the wiki that was read. */
  readonly action: 'create' | 'update';
}

export interface CompilationMessage {
  readonly level: 'info' | 'warning';
  readonly code: string;
  readonly text: string;
}

/** What a compiler returns. Pages are in the order summary, concepts, entities, each by path. */
export interface Compilation {
  readonly pages: readonly PageChange[];
  readonly messages: readonly CompilationMessage[];
  /** Paths of concept and entity pages that nothing supports any more, sorted: to be removed with this change. */
  readonly removals?: readonly string[];
}

/** A compiler: the embedded extractive one, or one that asks a language model. */
export interface Compiler {
  /** Name written into pages as `compiled_by`: `extractive`. */
  readonly name: string;
  compile(input: CompilerInput, wiki: WikiView, options: CompilerOptions): Promise<Compilation>;
  /**
   * The changes that take a document out of all concept and entity pages, and mend the pages of the
   * documents that stay. The document's summary and stored text are the caller's to remove.
   */
  remove?(documentName: string, wiki: WikiView, options: CompilerOptions): Promise<Compilation>;
}
