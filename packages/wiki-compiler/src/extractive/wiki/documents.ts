/** The documents of the wiki that the extractive compiler compiled, by their summaries: they can be read again. */
import { type CataloguedSummary, strings } from '../../catalogue/read-catalogue.ts';
import { keysOfKeywords } from '../keywords.ts';
import { languageProfile } from '../text/language.ts';

export interface CataloguedDocument {
  readonly name: string;
  readonly title: string;
  readonly fullText: string;
  readonly format: string;
  readonly language: string;
  readonly authors: readonly string[];
  /** Keys of the names that its summary records. */
  readonly keywords: ReadonlySet<string>;
}

/** Undefined for a summary of another hand. */
export function documentOfSummary({
  name,
  fields,
}: CataloguedSummary): CataloguedDocument | undefined {
  const { title, full_text: fullText, format, language } = fields;
  if (fields['compiled_by'] !== 'extractive' || typeof fullText !== 'string') return undefined;
  const written = typeof language === 'string' ? language : 'en';
  return {
    name,
    title: typeof title === 'string' ? title : name,
    fullText,
    format: typeof format === 'string' ? format : 'markdown',
    language: written,
    authors: strings(fields['authors']),
    keywords: keysOfKeywords(strings(fields['keywords']), languageProfile(written)),
  };
}
