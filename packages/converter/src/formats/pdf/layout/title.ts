/** The title of a PDF: what its metadata say when that is a title, else the largest letters at its start. */
import type { Line } from '../model.ts';
import { normalized, textOf } from './headings.ts';
import { SENTENCE_END } from './paragraphs.ts';
import { half, type BodyStyle } from './statistics.ts';

/** Templates' and programs' words, identifiers, file names. */
const NO_TITLE: readonly RegExp[] = [
  /^(?:untitled|title|document|dokument|unbenannt|sans titre|无标题|noname|no job name|print|slide|layout|presentation|powerpoint|book|main|paper|template|microsoft (?:word|powerpoint|excel))[\s\d._-]*$/i,
  /^(?:doi|pii|isbn|arxiv|https?):|^www\./i,
  /^\S+\.[a-z]\w{1,4}$/i,
  /\.(?:docx?|pptx?|xlsx?|indd|tex|dvi|pdf|qxd|rtf|odt|eps|fm|p65|txt|html?)$/i,
  /^[a-z]*[_-]?\d[\w.-]*$/i,
  /^<.*>$/,
];
/** What journals and series print above their articles. */
const BANNER =
  /\b(?:journal|proceedings|transactions|annals|bulletin|magazine|letters in|vol(?:ume)?\.?\s*\d|issn|issue\s+\d|no\.\s*\d|arxiv|doi|contents lists|sciencedirect|elsevier|springer|available online|preprint|copyright|all rights)\b|^www\.|https?:|©|^(?:research |original |review )?(?:article|paper|letter|report|communication)s?$|^open access$/i;
/** `1 Introduction`, `2.3 Methods`. */
const FIRST_SECTION = /^(?:1|\d{1,2}(?:\.\d{1,2})+)\.?\s/;
const MINIMUM_SIZE = 1.12;
const MAXIMUM_LENGTH = 300;
/** Characters of a paragraph of running text. */
const PARAGRAPH = 100;

export function metadataTitle(stated: string): string | undefined {
  const title = stated.replace(/^Microsoft (?:Word|PowerPoint|Excel) - /i, '').trim();
  const letters = title.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 3 || title.length > MAXIMUM_LENGTH || NO_TITLE.some((words) => words.test(title)))
    return undefined;
  return title;
}

/** The group of the first page with text that looks most like a title. */
export function printedTitle(
  groups: readonly (readonly Line[])[],
  body: BodyStyle,
): string | undefined {
  const all = groups.map((group) => ({
    text: textOf(group),
    size: half(group[0]?.size ?? 0),
    lines: group.length,
    bold: group.every(({ bold }) => bold),
  }));
  const candidates = all.filter((candidate) => isCandidate(candidate, body));
  const large = candidates.filter(({ size }) => size >= body.size * MINIMUM_SIZE);
  // a title stands above the first paragraph, wherever larger letters follow
  const firstBody = all.findIndex(
    ({ text, size }) => size <= body.size && text.length >= PARAGRAPH,
  );
  const above = candidates.filter(
    (candidate) => firstBody < 0 || all.indexOf(candidate) < firstBody,
  );
  const largest = (above.length > 0 ? above : large).toSorted((a, b) => b.size - a.size);
  // a single word in the largest letters is more often a label or a logo than a title beside a longer line
  const [first] = largest;
  if (first === undefined) return undefined;
  const longer = largest.find(({ text, size }) => wordCount(text) >= 3 && size >= first.size * 0.6);
  return wordCount(first.text) >= 2 ? first.text : (longer ?? first).text;
}

/** The title as a group of the first two pages shows it. */
export function shownTitle(
  pages: readonly (readonly (readonly Line[])[])[],
  title: string | undefined,
): string | undefined {
  if (title === undefined) return undefined;
  const groups = pages.slice(0, 2).flat();
  return groups.some((group) => normalized(textOf(group)) === normalized(title))
    ? title
    : undefined;
}

interface Candidate {
  readonly text: string;
  readonly size: number;
  readonly lines: number;
  readonly bold: boolean;
}

function isCandidate({ text, size, lines, bold }: Candidate, body: BodyStyle): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return (
    (size >= body.size * 1.05 || (bold && !body.bold && size >= body.size)) &&
    lines <= 5 &&
    letters >= 3 &&
    letters >= text.length * 0.5 &&
    text.length <= MAXIMUM_LENGTH &&
    !BANNER.test(text) &&
    !FIRST_SECTION.test(text) &&
    !(SENTENCE_END.test(text) && text.length > 150)
  );
}

/** CJK writes without spaces: two characters count as a word. */
function wordCount(text: string): number {
  const cjk = text.match(
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  );
  return cjk === null ? text.split(/\s+/).length : Math.ceil(cjk.length / 2);
}
