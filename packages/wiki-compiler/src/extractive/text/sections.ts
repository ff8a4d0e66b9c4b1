/** Blocks as sections and paragraphs. */
import type { Paragraph, Section } from '../shapes.ts';
import { type Steps, eachInSteps } from '../steps.ts';
import type { Block } from './blocks.ts';
import { collapseSpaces } from './normalise.ts';
import { isProse } from './prose.ts';
import { bareHeading, isAbstract, isBackMatter, isConclusion } from './section-names.ts';

export interface Structure {
  readonly sections: readonly Section[];
  readonly paragraphs: readonly Paragraph[];
}

/**
 * Groups blocks under their headings. The heading that repeats the document's title opens the
 * lead and is no section of its own. `pageOf` gives the page of a block by its position.
 */
export function* groupSections(
  blocks: readonly Block[],
  title: string,
  pageOf: (block: number) => number | undefined,
): Steps<Structure> {
  const sections: Section[] = [section('', 0, false)];
  const paragraphs: Paragraph[] = [];
  let backLevel = Number.POSITIVE_INFINITY;
  yield* eachInSteps(
    blocks.entries(),
    ([, { text }]) => text.length,
    ([index, block]) => {
      if (block.kind !== 'heading') {
        paragraphs.push(paragraph(block, sections.length - 1, pageOf(index)));
        return;
      }
      const name = bareHeading(block.text);
      if (isTitle(block.text, title) && paragraphs.length === 0 && sections.length === 1) return;
      if (block.level <= backLevel) backLevel = Number.POSITIVE_INFINITY;
      if (isBackMatter(name)) backLevel = Math.min(backLevel, block.level);
      sections.push(section(name, block.level, block.level >= backLevel));
    },
  );
  return { sections: markLead(sections, paragraphs), paragraphs };
}

function section(title: string, level: number, back: boolean): Section {
  return {
    title,
    level,
    back,
    abstract: isAbstract(title),
    conclusion: isConclusion(title),
  };
}

function paragraph(block: Block, sectionIndex: number, page: number | undefined): Paragraph {
  return {
    text: block.text,
    section: sectionIndex,
    prose: isProse(block.text),
    item: block.kind === 'item',
    ...(page === undefined ? {} : { page }),
  };
}

/** What stands before the first heading is the abstract of a document that names none. */
function markLead(sections: Section[], paragraphs: readonly Paragraph[]): readonly Section[] {
  const [lead, ...rest] = sections;
  if (lead === undefined || rest.length === 0 || rest.some((one) => one.abstract)) return sections;
  const prose = paragraphs.some((one) => one.section === 0 && one.prose);
  return prose ? [{ ...lead, abstract: true }, ...rest] : sections;
}

function isTitle(heading: string, title: string): boolean {
  return plain(heading) === plain(title);
}

function plain(text: string): string {
  return collapseSpaces(text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' '));
}
