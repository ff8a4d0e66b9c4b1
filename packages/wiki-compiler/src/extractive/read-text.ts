/** A source's text as sentences: clean, group into sections, find the language, split, tokenise. */
import type { Paragraph, Sentence, Text } from './shapes.ts';
import { type Breathe, type Steps, eachInSteps, paced } from './steps.ts';
import { type Block, blockSteps } from './text/blocks.ts';
import { languageOf, languageProfile } from './text/language.ts';
import {
  type NumberedPage,
  type PageStarts,
  findPageStarts,
  pageOfBlock,
} from './text/page-starts.ts';
import { plainBlockSteps } from './text/plain-blocks.ts';
import { groupSections, type Structure } from './text/sections.ts';
import { splitSentences } from './text/sentences.ts';
import { tokenise } from './text/tokens.ts';

/** What is read again for every quotation: the same values give the same text. */
export interface SourceText {
  readonly title: string;
  readonly format: string;
  readonly markdown: string;
  /** Pages, or what was found out about them when the document was compiled. */
  readonly pages?: readonly NumberedPage[];
  readonly pageStarts?: PageStarts;
  readonly authors: readonly string[];
}

export interface ReadText {
  readonly text: Text;
  readonly pageStarts: PageStarts;
}

export async function readText(source: SourceText, breathe: Breathe): Promise<ReadText> {
  const blocks = await paced(blocksOf(source), breathe);
  await breathe();
  const pageStarts =
    source.pageStarts ?? (source.pages === undefined ? [] : findPageStarts(blocks, source.pages));
  const structure = await paced(
    groupSections(blocks, source.title, (block) => pageOfBlock(pageStarts, block)),
    breathe,
  );
  const language = languageOf(structure.paragraphs.map(({ text }) => text).join('\n'));
  const sentences = await paced(readSentences(structure, language), breathe);
  const words = sentences
    .filter((one) => one.prose && !one.back)
    .reduce((sum, one) => sum + one.tokens.length, 0);
  const { sections, paragraphs } = structure;
  return {
    text: { title: source.title, language, sections, paragraphs, sentences, words },
    pageStarts,
  };
}

/** Markdown of a format without headings of its own may still have them by shape. */
function* blocksOf({ format, markdown }: SourceText): Steps<Block[]> {
  if (format === 'text') return yield* plainBlockSteps(markdown);
  const blocks = yield* blockSteps(markdown);
  const headless = format === 'pdf' && !blocks.some((block) => block.kind === 'heading');
  return headless ? yield* plainBlockSteps(blocks.map((block) => block.text).join('\n\n')) : blocks;
}

function* readSentences({ sections, paragraphs }: Structure, language: string): Steps<Sentence[]> {
  const profile = languageProfile(language);
  const sentences: Sentence[] = [];
  const offsets = new Map<number, number>();
  for (const [index, paragraph] of paragraphs.entries()) {
    const section = sections[paragraph.section];
    const texts = splitSentences(paragraph.text, language);
    yield* eachInSteps(
      texts,
      ({ length }) => 2 * length,
      (text) => {
        const offset = offsets.get(paragraph.section) ?? 0;
        offsets.set(paragraph.section, offset + 1);
        sentences.push({
          text,
          index: sentences.length,
          section: paragraph.section,
          paragraph: index,
          offset,
          prose: paragraph.prose,
          back: section?.back ?? false,
          abstract: section?.abstract ?? false,
          ...pageOf(paragraph),
          tokens: tokenise(text, language, profile.canonical),
        });
      },
    );
    if (index % 200 === 199) yield;
  }
  return sentences;
}

function pageOf({ page }: Paragraph): { page?: number } {
  return page === undefined ? {} : { page };
}
