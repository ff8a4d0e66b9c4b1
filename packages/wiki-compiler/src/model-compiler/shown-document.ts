/** How the model gets to see a document: its text, or its section tree with summaries, within a budget. */
import type { CompilerInput, CompilerOptions } from '../compilation.ts';
import { type Digest, digestOf } from './digest/digest.ts';
import { passageFinder } from './digest/passages.ts';
import { splitSections } from './digest/split-sections.ts';
import { type SectionSummaries, summariseSections } from './digest/summarise-sections.ts';
import type { ModelMessage } from './model-port.ts';
import type { Session } from './session.ts';

export interface ShownDocument {
  readonly form: 'text' | 'digest';
  readonly text: string;
  /** Lines of the section tree for the summary page; empty for a short document. */
  readonly outline: readonly string[];
  /** Parts of the document's own text that speak of a subject; none where all of it is shown. */
  readonly passages: (query: string) => readonly string[];
}

/** The whole text; undefined where it is too long, or the document has a section tree to be shown by. */
export function shownText(input: CompilerInput, session: Session): ShownDocument | undefined {
  const tree = input.docType === 'pageindex' || (input.sections ?? []).length > 0;
  if (tree || session.settings.countTokens(input.markdown) > session.documentTokens)
    return undefined;
  return { form: 'text', text: input.markdown, outline: [], passages: () => [] };
}

export interface DigestSource {
  readonly system: ModelMessage;
  readonly page: string;
  readonly language: CompilerOptions['language'];
}

/** Summarises the sections once; each call of the result makes the tree fit into so many tokens. */
export async function prepareDigest(
  session: Session,
  input: CompilerInput,
  { system, page, language }: DigestSource,
): Promise<{ shown: (tokens: number) => ShownDocument; sections: SectionSummaries }> {
  const parts = splitSections(input, charactersFor(session.sectionTokens, input, session));
  const request = { system, page, title: input.title };
  const sections = await summariseSections(session, parts, request);
  const passages = passageFinder(input);
  const shown = (tokens: number): ShownDocument => {
    const limit = charactersFor(tokens, input, session);
    const { text, outline }: Digest = digestOf(parts, sections, { language, limit });
    return { form: 'digest', text, outline, passages };
  };
  return { shown, sections };
}

/** About how many characters of this document are so many tokens. */
export function charactersFor(
  tokens: number,
  { markdown, pages = [] }: CompilerInput,
  { settings }: Pick<Session, 'settings'>,
): number {
  const sample = (markdown.trim() === '' ? (pages[0]?.text ?? '') : markdown).slice(0, 50_000);
  const perToken = sample.length / Math.max(1, settings.countTokens(sample));
  return Math.max(200, Math.floor(tokens * Math.max(1, perToken)));
}
