/** The values that pass from step to step of the analysis. Positions are indexes into the arrays of one document. */

/** BCP 47 primary tag: `en`, `de`, `zh`. */
export type Language = string;

export interface Paragraph {
  readonly text: string;
  readonly section: number;
  /** Running text: sentences may be quoted, names and definitions looked for. */
  readonly prose: boolean;
  readonly item: boolean;
  /** 1-based page of the paragraph's first word, when known. */
  readonly page?: number;
}

export interface Section {
  /** Without its number; empty for what stands before the first heading. */
  readonly title: string;
  readonly level: number;
  /** Matter after the text proper: references, notes, acknowledgements, and their sub-sections. */
  readonly back: boolean;
  /** Abstract, summary, introduction: where a document says what it is about. */
  readonly abstract: boolean;
  readonly conclusion: boolean;
}

export interface Token {
  readonly text: string;
  readonly lower: string;
  /** Canonical parts: `self-attention` has two. Empty for what is not a word. */
  readonly parts: readonly string[];
  /** Offset in the sentence. */
  readonly start: number;
  readonly end: number;
  /** Something other than white space stands between this token and the one before. */
  readonly broken: boolean;
  /** `'s` followed and was cut off. */
  readonly possessive: boolean;
}

export interface Sentence {
  readonly text: string;
  readonly index: number;
  readonly section: number;
  readonly paragraph: number;
  /** Place of the sentence in its section, from 0. */
  readonly offset: number;
  readonly prose: boolean;
  readonly back: boolean;
  readonly abstract: boolean;
  readonly page?: number;
  readonly tokens: readonly Token[];
}

/** A document read into sentences; all later steps only look. */
export interface Text {
  readonly title: string;
  readonly language: Language;
  readonly sections: readonly Section[];
  readonly paragraphs: readonly Paragraph[];
  readonly sentences: readonly Sentence[];
  /** Words of prose outside the back matter. */
  readonly words: number;
}

/** A sentence that says what a thing is. */
export interface Definition {
  readonly sentence: number;
  readonly score: number;
}

export type EntityType =
  | 'person'
  | 'organization'
  | 'place'
  | 'product'
  | 'work'
  | 'event'
  | 'other';

/** Something that a document can support a page about. */
export interface Topic {
  readonly kind: 'concept' | 'entity';
  /** Canonical key: the identity of the page across documents. */
  readonly key: string;
  /** Keys that mean the same thing: acronym, long form, name variants. Holds `key`; sorted. */
  readonly keys: readonly string[];
  /** As the document writes it. */
  readonly title: string;
  /** Other spellings worth showing; sorted, without `title`. */
  readonly aliases: readonly string[];
  readonly entityType?: EntityType;
  /** 0 to 1: how sure the type is. */
  readonly confidence?: number;
  readonly score: number;
  readonly mentions: number;
  /** Sentences that mention it, ascending. */
  readonly sentences: readonly number[];
  /** Best first. */
  readonly definitions: readonly Definition[];
}
