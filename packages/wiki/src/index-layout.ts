import { codeRanges } from './code-ranges.ts';
import { findBlock } from './front-matter-block.ts';
import { INDEX_SECTIONS, type IndexSection, parseEntryLine } from './index-entry.ts';
import { type Line, linesOf } from './lines.ts';

/** One of the four sections as it lies in the page. */
export interface SectionPlace {
  readonly name: IndexSection;
  /** Where its heading starts. */
  readonly start: number;
  /** Its lines after the heading, sub-sections included, code left out. */
  readonly lines: readonly Line[];
  /** Where a new entry belongs: after the last line before the first sub-heading that is not blank. */
  readonly insertAt: number;
  /** Whether the line before `insertAt` is an entry or another list item. */
  readonly endsInEntry: boolean;
}

/** The sections of the index, in the order of the page; one may occur twice, or not at all. */
export function indexLayout(text: string): SectionPlace[] {
  const bodyStart = findBlock(text)?.end ?? 0;
  // a fence that a person forgot to close must not swallow the sections behind it
  const code = codeRanges(text, bodyStart).filter(({ unclosed }) => unclosed !== true);
  const places: SectionPlace[] = [];
  let open: { name: IndexSection; heading: Line; lines: Line[] } | undefined;
  let next = 0;
  const close = (): void => {
    if (open) places.push(describe(open.name, open.heading, open.lines));
    open = undefined;
  };
  for (const line of linesOf(text, bodyStart)) {
    while (code[next] !== undefined && (code[next]?.end ?? 0) <= line.start) next += 1;
    if ((code[next]?.start ?? text.length) <= line.start) continue;
    const heading = /^#{1,2}(?!#)[ \t]*(.*)$/.exec(line.text);
    if (heading === null) {
      open?.lines.push(line);
      continue;
    }
    close();
    const name = line.text.startsWith('##') ? sectionNamed(heading[1] ?? '') : undefined;
    if (name !== undefined) open = { name, heading: line, lines: [] };
  }
  close();
  return places;
}

function sectionNamed(heading: string): IndexSection | undefined {
  const wanted = heading.replace(/#*$/, '').trim().toLowerCase();
  return INDEX_SECTIONS.find((name) => name.toLowerCase() === wanted);
}

function describe(name: IndexSection, heading: Line, lines: readonly Line[]): SectionPlace {
  const sub = lines.findIndex((line) => /^#{3,6}\s/.test(line.text));
  const top = sub === -1 ? lines : lines.slice(0, sub);
  const last = top.findLast((line) => line.text.trim() !== '');
  return {
    name,
    start: heading.start,
    lines,
    insertAt: (last ?? heading).next,
    endsInEntry:
      last !== undefined &&
      (parseEntryLine(last.text) !== undefined || /^\s*[-*+]\s/.test(last.text)),
  };
}
