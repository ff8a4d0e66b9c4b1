import { codeRanges } from '../code-ranges.ts';
import { readFrontMatter, splitFrontMatter } from '../front-matter.ts';
import { type Line, linesOf, oneLine } from '../lines.ts';
import { titleFrom } from '../page-title.ts';
import type { Passage } from './passage.ts';
import { plainText } from './plain-text.ts';
import { splitText } from './split-text.ts';

const LENGTH = 700;

/**
 * The passages of a wiki page, in order: the description of its front matter, then the text of its sections in pieces
 * of about 700 characters. Lists that do nothing but link are left out, and so is the line in which a page that was
 * compiled without a model says so.
 */
export function passagesOfPage(path: string, text: string): Passage[] {
  const fields = readFrontMatter(text);
  const aliases = namesIn(fields['aliases']);
  const page = {
    page: path,
    title: titleFrom(path, text, fields),
    ...(aliases.length > 0 ? { aliases } : {}),
  };
  const description = fields['description'];
  const lead =
    typeof description === 'string' && description.trim() !== ''
      ? [{ ...page, heading: '', text: plainText(oneLine(description)), line: 1 }]
      : [];
  const offset = splitFrontMatter(text).block.length;
  const hasNotice = fields['compiled_by'] === 'extractive';
  return [...lead, ...sectionPassages(page, text, { offset, hasNotice })];
}

/** The passages of a source that is kept by pages; `path` and `title` are what the passages name as their page. */
export function passagesOfSourcePages(
  path: string,
  title: string,
  pages: Iterable<{ readonly page: number; readonly text: string }>,
): Passage[] {
  const passages: Passage[] = [];
  let heading = '';
  for (const { page, text } of pages) {
    const found = sectionPassages({ page: path, title, sourcePage: page }, text, { heading });
    // a section goes on over the page break
    heading = found.at(-1)?.heading ?? heading;
    for (const { line: _, ...passage } of found) passages.push(passage);
  }
  return passages;
}

type PageFacts = Pick<Passage, 'page' | 'title' | 'aliases' | 'sourcePage'>;

interface SectionOptions {
  /** Characters before the text, those of the front matter. */
  readonly offset?: number;
  /** That of the section in which the text begins. */
  readonly heading?: string;
  readonly hasNotice?: boolean;
}

function sectionPassages(page: PageFacts, text: string, options: SectionOptions): Passage[] {
  const { offset = 0, hasNotice = false } = options;
  const passages: Passage[] = [];
  const lines = linesOf(text);
  const isFenced = fencedTest(text, offset);
  const notice = hasNotice ? noticeLine(lines, offset) : -1;
  let { heading = '' } = options;
  let block: { text: string; line: number } | undefined;
  const flush = (): void => {
    if (block !== undefined)
      for (const one of passagesOf(page, heading, block.text, block.line)) passages.push(one);
    block = undefined;
  };
  for (const [i, line] of lines.entries()) {
    if (line.start < offset) continue;
    const title = isFenced(line) ? null : /^ {0,3}#{1,6}[ \t]+(\S.*)$/.exec(line.text);
    if (title !== null) {
      flush();
      const name = plainText((title[1] ?? '').replace(/\s#+\s*$/, ''));
      heading = name === page.title ? '' : name;
      continue;
    }
    if (isFiller(line.text) || i === notice) continue;
    const blank = line.text.trim() === '';
    if (blank && block !== undefined && block.text.length > LENGTH * 0.6) flush();
    if (block !== undefined && block.text.length + line.text.length > LENGTH) flush();
    if (block !== undefined) block.text += `${line.text}\n`;
    else if (!blank) block = { text: `${line.text}\n`, line: i + 1 };
  }
  flush();
  return passages;
}

function passagesOf(page: PageFacts, heading: string, text: string, line: number): Passage[] {
  const passages: Passage[] = [];
  for (const piece of splitText(plainText(text), LENGTH)) {
    const plain = piece.text.trim();
    if (/[\p{L}\p{N}]/u.test(plain)) passages.push({ ...page, heading, text: plain, line });
  }
  return passages;
}

/**
 * A list item or paragraph of nothing but links, with or without words before a colon ("Mentioned
 * with: …"), or a comment on a line of its own: it says nothing to find.
 */
function isFiller(line: string): boolean {
  if (line.includes('<!--') && /^\s*<!--[^>]*-->\s*$/.test(line)) return true;
  if (!line.includes('[[')) return false;
  const shape = line.replaceAll(/\[\[[^[\]]*\]\]/g, '\0').trim();
  return LINKS_ONLY.test(shape);
}

/** The index of the first line below the title where it is emphasised as a whole; else -1. */
function noticeLine(lines: readonly Line[], offset: number): number {
  const title = lines.findIndex(({ start, text }) => start >= offset && text.startsWith('# '));
  const next = lines.findIndex(({ text }, i) => i > title && text.trim() !== '');
  return title !== -1 && /^\*[^*]+\*$/.test(lines[next]?.text.trim() ?? '') ? next : -1;
}

/** Each link as a NUL: list marker, words and a colon, links, words in brackets. */
const LINKS_ONLY = /^(?:[-*+] +)?(?:[\p{L} ]{1,40}[:：] ?)?\0(?:[,;·、 ]*\0)*(?: ?\([^()]*\))?$/u;

function fencedTest(text: string, offset: number): (line: Line) => boolean {
  const ranges = codeRanges(text, offset);
  let next = 0;
  return (line) => {
    for (
      let end = ranges[next]?.end;
      end !== undefined && end <= line.start;
      end = ranges[next]?.end
    ) {
      next += 1;
    }
    return (ranges[next]?.start ?? text.length) <= line.start;
  };
}

function namesIn(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((name): name is string => typeof name === 'string' && name.trim() !== '');
}
