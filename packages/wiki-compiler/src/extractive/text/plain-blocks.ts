/**
 * Blocks of a text without Markdown. Page furniture goes, words broken at line ends are joined,
 * and headings are recognised by their shape alone, with care: a missed heading costs less than a
 * sentence taken for one.
 */
import { type Steps, eachInSteps, finish } from '../steps.ts';
import type { Block } from './blocks.ts';
import { JoinedLines } from './joined-lines.ts';
import { collapseSpaces, normaliseSteps } from './normalise.ts';

const KNOWN_HEADING =
  /^(?:abstract|summary|executive summary|introduction|background|related work|methods?|results|discussion|conclusions?|references|bibliography|acknowledge?ments?|appendix|zusammenfassung|einleitung|schluss|literatur|摘要|引言|结论|参考文献)\.?$/i;
const NUMBERED = /^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(\p{Lu}[^.!?;]{2,80})$/u;

/** Reads plain text (form feeds separate pages) into headings and paragraphs. */
export function readPlainBlocks(text: string): Block[] {
  return finish(plainBlockSteps(text));
}

/** `readPlainBlocks` in steps. */
export function* plainBlockSteps(text: string): Steps<Block[]> {
  const normal = yield* normaliseSteps(text);
  const pages = yield* withoutFurniture(
    normal.split('\f').map((page) => page.split('\n').map((line) => line.trim())),
  );
  const lines = pages.flatMap((page) => page.concat(''));
  yield;
  const paragraphs = yield* joinBroken(yield* paragraphsOf(lines), yield* hyphenated(lines));
  const numbers = new SectionNumbers();
  return paragraphs.map((paragraph, index): Block => {
    const level = headingLevel(paragraph, paragraphs[index + 1] ?? '', numbers);
    return level === 0
      ? { kind: 'paragraph', level: 0, text: paragraph }
      : { kind: 'heading', level, text: paragraph };
  });
}

function lineLength(line: string): number {
  return line.length;
}

function mask(line: string): string {
  return line.replace(/\d+/g, '#').toLowerCase();
}

/** Masked lines at the top and bottom of a page. */
function edge(page: readonly string[]): Set<string> {
  const full = page.filter((line) => line !== '');
  return new Set([...full.slice(0, 3), ...full.slice(-3)].map(mask));
}

/** Drops page numbers and lines that repeat, digits apart, at the edges of many pages. */
function* withoutFurniture(pages: string[][]): Steps<string[][]> {
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const line of edge(page)) counts.set(line, (counts.get(line) ?? 0) + 1);
  const limit = Math.max(3, Math.ceil(pages.length * 0.12));
  const kept: string[][] = [];
  for (const page of pages) {
    const edges = edge(page);
    const rest: string[] = [];
    yield* eachInSteps(page, lineLength, (line) => {
      const masked = mask(line);
      const furniture =
        edges.has(masked) && (/^[-– ]*#[-– ]*$/.test(masked) || (counts.get(masked) ?? 0) >= limit);
      if (!furniture) rest.push(line);
    });
    kept.push(rest);
  }
  return kept;
}

function* paragraphsOf(lines: readonly string[]): Steps<string[][]> {
  const paragraphs: string[][] = [];
  let open: string[] = [];
  yield* eachInSteps(lines, lineLength, (line) => {
    const alone = KNOWN_HEADING.test(line) || NUMBERED.test(line);
    if ((line === '' || alone) && open.length > 0) {
      paragraphs.push(open);
      open = [];
    }
    if (alone) paragraphs.push([line]);
    else if (line !== '') open.push(line);
  });
  if (open.length > 0) paragraphs.push(open);
  return paragraphs;
}

/** Words that the text itself writes with a hyphen inside a line. */
function* hyphenated(lines: readonly string[]): Steps<ReadonlySet<string>> {
  const words = new Set<string>();
  yield* eachInSteps(lines, lineLength, (line) => {
    for (const word of line.match(/(?<!\p{L})\p{L}{1,40}-\p{Ll}{1,40}/gu) ?? [])
      words.add(word.toLowerCase());
  });
  return words;
}

/** Joins lines, mends `exam-` + `ple`, and joins a paragraph that a page or column end broke. */
function* joinBroken(
  paragraphs: readonly string[][],
  hyphenatedWords: ReadonlySet<string>,
): Steps<string[]> {
  const joined: JoinedLines[] = [];
  for (const lines of paragraphs) {
    const own = new JoinedLines(hyphenatedWords);
    yield* eachInSteps(lines, lineLength, (line) => own.append(line));
    const last = joined.at(-1);
    if (last?.isOpen() === true && /^\p{Ll}/u.test(own.text)) last.append(own.text);
    else joined.push(own);
    if (joined.length % 1000 === 0) yield;
  }
  return joined.map(({ text }) => collapseSpaces(text)).filter((text) => text !== '');
}

/** Accepts a section number only as a plausible successor of the last: page numbers and table rows fail. */
class SectionNumbers {
  #last: number[] = [0];

  accept(number: string): number {
    const parts = number.split('.').map(Number);
    const depth = parts.length;
    const last = this.#last;
    const parent = parts.slice(0, -1);
    const sameParent = parent.every((part, index) => part === last[index]);
    const step = (parts.at(-1) ?? 0) - (depth <= last.length ? (last[depth - 1] ?? 0) : 0);
    if (!sameParent || depth > last.length + 1 || step < 1 || step > 2) return 0;
    this.#last = parts;
    return Math.min(6, depth + 1);
  }
}

function headingLevel(line: string, next: string, numbers: SectionNumbers): number {
  if (KNOWN_HEADING.test(line)) return 2;
  const numbered = NUMBERED.exec(line);
  if (numbered !== null) return numbers.accept(numbered[1] ?? '');
  if (line.length > 70 || next.length < 55 || /[.!?:;,]$/.test(line)) return 0;
  const words = line.split(' ');
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  const titleCase = words.length >= 2 && words.length <= 6 && capitals >= words.length - 1;
  return titleCase && /^\p{Lu}/u.test(line) && !/\d/.test(line) ? 2 : 0;
}
