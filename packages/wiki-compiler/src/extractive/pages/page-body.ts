/**
 * The body of a page as blocks, one for each heading with what follows it. Blocks joined are the body,
 * byte for byte; what is between `<!-- keep -->` and `<!-- /keep -->`, and fenced code, is never cut.
 */
import { type ReadContribution, readContribution } from './contribution.ts';

export interface BodyBlock {
  /** Whole text with its trailing blank lines. */
  readonly text: string;
  /** Level of its heading; 0 for what stands before the first. */
  readonly level: number;
  /** Words of its heading. */
  readonly heading: string;
  /** Set when the block is a document's section that this compiler wrote. */
  readonly contribution?: ReadContribution;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING_LINE = /^#{1,6}(?:\s|$)/;
const KEPT = /<!-- keep -->[\s\S]*?<!-- \/keep -->/g;

/** Splits a body into blocks. */
export function splitBody(body: string): BodyBlock[] {
  const blocks: BodyBlock[] = [];
  let start = 0;
  let fence: string | undefined;
  let kept = false;
  for (let at = 0; at < body.length;) {
    const feed = body.indexOf('\n', at);
    const next = feed < 0 ? body.length : feed + 1;
    const line = body.slice(at, next);
    if (!kept && /^ {0,3}[`~]/.test(line)) {
      const mark = FENCE.exec(line)?.[1];
      if (fence === undefined) fence = mark;
      else if (mark?.startsWith(fence) === true) fence = undefined;
    }
    if (
      line.startsWith('#') &&
      fence === undefined &&
      !kept &&
      at > start &&
      HEADING_LINE.test(line)
    ) {
      blocks.push(block(body.slice(start, at)));
      start = at;
    }
    if (line.includes('<!-- keep -->')) kept = true;
    if (line.includes('<!-- /keep -->')) kept = false;
    at = next;
  }
  if (start < body.length) blocks.push(block(body.slice(start)));
  return blocks;
}

/** An ATX heading in the first line, its closing marks taken off; level 0 where there is none. */
function headingOf(text: string): { level: number; heading: string } {
  const end = text.indexOf('\n');
  const line = (end === -1 ? text : text.slice(0, end)).trimEnd();
  const level = /^#{1,6}(?=[ \t]|$)/.exec(line)?.[0].length ?? 0;
  if (level === 0) return { level, heading: '' };
  const title = line.slice(level).trim();
  let cut = title.length;
  while (title[cut - 1] === '#') cut -= 1;
  // marks that belong to the last word (C#) close nothing
  const closes = cut === 0 || title[cut - 1] === ' ' || title[cut - 1] === '\t';
  return { level, heading: closes ? title.slice(0, cut).trimEnd() : title };
}

export function block(text: string): BodyBlock {
  const { level, heading } = headingOf(text);
  const contribution =
    level === 2 && text.includes('<!-- extractive {') ? readContribution(text) : undefined;
  return {
    text,
    level,
    heading,
    ...(contribution === undefined ? {} : { contribution }),
  };
}

export function joinBody(blocks: readonly BodyBlock[]): string {
  return blocks.map(({ text }) => text).join('');
}

/** What a person has marked to be kept in a text, markers included. */
export function keptParts(text: string): string[] {
  return text.match(KEPT) ?? [];
}

/** The text with exactly one blank line at its end, for a block that another follows. */
export function withBlankLine(text: string): string {
  return `${text.replace(/\s+$/, '')}\n\n`;
}
