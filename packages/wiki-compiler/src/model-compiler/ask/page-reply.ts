/** Reads `{description, content}`, the form of every page that the model writes. */
import { detectLanguage, linkText, rewriteLinks, sentencesOf } from '@openkb/wiki';

import type { Verdict } from './ask.ts';
import { echoesPrompt, nonAnswer } from './non-answer.ts';

export interface WrittenPage {
  /** Empty where the model has given none: the first sentence of the finished page stands in for it. */
  readonly description: string;
  readonly content: string;
}

export interface PageReplyRules {
  /** The last message of the request: a text that repeats it is none. */
  readonly prompt: string;
  /** The text that it replaces; empty for a new page. */
  readonly replaced?: string;
  /** The part of its letters that must be there again (0.5). */
  readonly share?: number;
  /** A text of no more letters may shrink as it likes (400). */
  readonly floor?: number;
}

const LONGEST_DESCRIPTION = 320;

export function readPageReply(
  object: Readonly<Record<string, unknown>>,
  { prompt, replaced = '', share = 0.5, floor = 400 }: PageReplyRules,
): Verdict<WrittenPage> {
  const { content } = object;
  if (typeof content !== 'string') return { fault: 'its "content" is missing or not a text' };
  const none = nonAnswer(content);
  if (none !== undefined) return { fault: `its "content" is not accepted: ${none}` };
  if (echoesPrompt(content, prompt)) return { fault: 'its "content" repeats the request' };
  const [before, after] = [lettersIn(replaced), lettersIn(content)];
  if (before > floor && after < before * share)
    return {
      fault: `its "content" has ${after} letters where the present page has ${before}: facts are missing`,
    };
  return { value: { content, description: descriptionOf(object['description'], prompt) } };
}

/** What the model says, empty where that is none. */
function descriptionOf(value: unknown, prompt: string): string {
  const said = typeof value === 'string' ? plainLine(value) : '';
  return nonAnswer(said) === undefined && !echoesPrompt(said, prompt) ? shorten(said) : '';
}

/** The first sentence of the first paragraph of a page, as a description. */
export function firstSentence(content: string): string {
  const prose = content
    .split('\n')
    .find((line) => /^[^\s#>|`~-]/.test(line) && lettersIn(line) > 0);
  const line = plainLine(prose ?? content);
  return shorten(sentencesOf(line, detectLanguage(content))[0] ?? '');
}

/** One line without links, emphasis and marks of headings and lists. */
function plainLine(text: string): string {
  return rewriteLinks(text.replace(/\s+/g, ' '), linkText)
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]|<\/?[a-z][^<>]*>/gi, '')
    .replace(/^[\s#>-]+/, '')
    .trim();
}

function shorten(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text;
  const cut = text.slice(0, LONGEST_DESCRIPTION - 1);
  const space = cut.lastIndexOf(' ');
  const end = space > LONGEST_DESCRIPTION / 2 ? space : cut.length;
  return `${cut
    .slice(0, end)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
