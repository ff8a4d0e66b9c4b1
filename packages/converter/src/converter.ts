import type { ConvertedDocument, DocumentFormat, Source } from './document.ts';
import type { ConversionLimits, ConvertOptions } from './options.ts';
import type { ContentKind } from './sniff.ts';

/** A source with what its first bytes and its name say about it. */
export interface Candidate {
  readonly source: Source;
  readonly kind: ContentKind;
  /** Ending of the name in lower case with the dot, or `''`. */
  readonly extension: string;
}

/** What a converter works with: the caller's options with every limit filled in. */
export interface ConversionContext extends Omit<ConvertOptions, 'limits'> {
  readonly limits: ConversionLimits;
}

/**
 * One per format. `accepts` is cheap and reads no more than the candidate's kind and name; `convert`
 * returns a document or throws a `ConversionError`. Heavy libraries are imported inside `convert`.
 */
export interface Converter {
  readonly name: DocumentFormat;
  readonly extensions: readonly string[];
  accepts(candidate: Candidate): boolean;
  convert(source: Source, context: ConversionContext): Promise<ConvertedDocument>;
}
