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

const KEPT = /<!-- keep -->[\s\S]*?<!-- \/keep -->/g;

/** Splits a body into blocks. */
export function splitBody(body: string): BodyBlock[] {
  const blocks: BodyBlock[] = [];
  let open = '';
  let fence: string | undefined;
  let kept = false;
  for (const line of body.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (!kept && mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence)) fence = undefined;
    }
    const heading = fence === undefined && !kept && /^#{1,6}(?:\s|$)/.test(line);
    if (heading && open !== '') {
      blocks.push(block(open));
      open = '';
    }
    open += line;
    if (line.includes('<!-- keep -->')) kept = true;
    if (line.includes('<!-- /keep -->')) kept = false;
  }
  if (open !== '') blocks.push(block(open));
  return blocks;
}

export function block(text: string): BodyBlock {
  const found = /^(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*\r?(?:\n|$)/.exec(text);
  const level = found?.[1]?.length ?? 0;
  const contribution = level === 2 ? readContribution(text) : undefined;
  return {
    text,
    level,
    heading: found?.[2] ?? '',
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
