/** A source's text as sentences: clean, group into sections, find the language, split, tokenise. */
import type { Paragraph, Sentence, Text } from './shapes.ts';
import { type Block, readBlocks } from './text/blocks.ts';
import { languageOf, languageProfile } from './text/language.ts';
import {
  type NumberedPage,
  type PageStarts,
  findPageStarts,
  pageOfBlock,
} from './text/page-starts.ts';
import { readPlainBlocks } from './text/plain-blocks.ts';
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

/** Lets others run: timers, signals, input. */
export type Breathe = () => Promise<void>;

/** Sentences after which others are let run. */
const BREATH = 400;

export interface ReadText {
  readonly text: Text;
  readonly pageStarts: PageStarts;
}

export async function readText(source: SourceText, breathe: Breathe): Promise<ReadText> {
  const blocks = blocksOf(source);
  await breathe();
  const pageStarts =
    source.pageStarts ?? (source.pages === undefined ? [] : findPageStarts(blocks, source.pages));
  const structure = groupSections(blocks, source.title, (block) => pageOfBlock(pageStarts, block));
  const language = languageOf(structure.paragraphs.map(({ text }) => text).join('\n'));
  const sentences = await readSentences(structure, language, breathe);
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
function blocksOf({ format, markdown }: SourceText): Block[] {
  if (format === 'text') return readPlainBlocks(markdown);
  const blocks = readBlocks(markdown);
  const headless = format === 'pdf' && !blocks.some((block) => block.kind === 'heading');
  return headless ? readPlainBlocks(blocks.map((block) => block.text).join('\n\n')) : blocks;
}

async function readSentences(
  { sections, paragraphs }: Structure,
  language: string,
  breathe: Breathe,
): Promise<Sentence[]> {
  const profile = languageProfile(language);
  const sentences: Sentence[] = [];
  const offsets = new Map<number, number>();
  for (const [index, paragraph] of paragraphs.entries()) {
    const section = sections[paragraph.section];
    for (const text of splitSentences(paragraph.text, language)) {
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
      // oxlint-disable-next-line no-await-in-loop -- a pause in the work is what is wanted
      if (sentences.length % BREATH === 0) await breathe();
    }
  }
  return sentences;
}

function pageOf({ page }: Paragraph): { page?: number } {
  return page === undefined ? {} : { page };
}
