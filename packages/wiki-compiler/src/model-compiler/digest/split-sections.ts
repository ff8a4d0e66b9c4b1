/** A long document as pieces of text to be summarised: the sections of its tree, else windows of its text. */
import type { CompilerInput, DocumentSection, PageText } from '../../compilation.ts';

/** A node of the tree as the digest shows it. */
export interface SectionPart {
  /** `s12`, in the order of the document. */
  readonly id: string;
  readonly title: string;
  /** 0 for the top. */
  readonly depth: number;
  /** 1-based, inclusive; absent for a document without pages. */
  readonly pages?: readonly [first: number, last: number];
  /** Text that no part below has; empty where those have it all. */
  readonly text: string;
}

/** Parts in the order of the document; each holds at most `limit` characters of text. */
export function splitSections(input: CompilerInput, limit: number): SectionPart[] {
  const { pages = [], sections = [] } = input;
  const parts =
    sections.length > 0 && pages.length > 0
      ? fromTree(sections, pages, limit)
      : fromText(
          pages.length > 0 ? pages.map(({ text }) => text).join('\n\n') : input.markdown,
          limit,
        );
  return parts.map((part, index) => Object.assign({ id: `s${index + 1}` }, part));
}

type Unnumbered = Omit<SectionPart, 'id'>;

function fromTree(
  sections: readonly DocumentSection[],
  pages: readonly PageText[],
  limit: number,
): Unnumbered[] {
  const textOf = new Map(pages.map(({ page, text }) => [page, text]));
  const parts: Unnumbered[] = [];
  // a page that two sections share is read with the first
  const read = new Set<number>();
  const visit = (section: DocumentSection, depth: number): void => {
    const { title, startPage, endPage, children } = section;
    const below = new Set(children.flatMap((child) => range(child.startPage, child.endPage)));
    const own = range(startPage, endPage).filter((page) => !below.has(page) && !read.has(page));
    for (const page of own) read.add(page);
    const [text = '', ...more] = windows(
      own.map((page) => textOf.get(page) ?? '').join('\n\n'),
      limit,
    );
    const place = { depth, pages: [startPage, endPage] as const };
    parts.push({ title, ...place, text });
    for (const [index, rest] of more.entries())
      parts.push({ title: `${title} (${index + 2})`, ...place, depth: depth + 1, text: rest });
    for (const child of children) visit(child, depth + 1);
  };
  for (const section of sections) visit(section, 0);
  const unread = pages.filter(({ page }) => !read.has(page));
  return [...parts, ...fromPages(unread, limit)];
}

/** Pages that no section has. */
function fromPages(pages: readonly PageText[], limit: number): Unnumbered[] {
  return pages.flatMap(({ page, text }) =>
    text.trim() === ''
      ? []
      : windows(text, limit).map((part) => ({
          title: firstWords(part),
          depth: 0,
          pages: [page, page] as const,
          text: part,
        })),
  );
}

function fromText(text: string, limit: number): Unnumbered[] {
  return windows(text, limit).map((part) => ({ title: firstWords(part), depth: 0, text: part }));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Runs of paragraphs of at most `limit` characters; a longer paragraph is cut. */
export function windows(text: string, limit: number): string[] {
  const parts: string[] = [];
  let open = '';
  for (const paragraph of text.split(/\n{2,}/)) {
    if (open !== '' && open.length + paragraph.length + 2 > limit) {
      parts.push(open);
      open = '';
    }
    open = open === '' ? paragraph : `${open}\n\n${paragraph}`;
    while (open.length > limit) {
      const cut = cutAt(open, limit);
      parts.push(open.slice(0, cut));
      open = open.slice(cut);
    }
  }
  if (open.trim() !== '') parts.push(open);
  return parts.filter((part) => part.trim() !== '');
}

/** At the end of a line or a word where there is one, and never inside a character. */
function cutAt(text: string, limit: number): number {
  for (const mark of ['\n', ' ']) {
    const at = text.lastIndexOf(mark, limit - 1);
    if (at > limit / 2) return at + 1;
  }
  return /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '') && limit > 1 ? limit - 1 : limit;
}

const LONGEST_TITLE = 80;

function firstWords(text: string): string {
  const line = text.split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? '';
  const plain = line.replace(/[#>*`|_[\]]/g, '').trim();
  return plain.length <= LONGEST_TITLE
    ? plain
    : `${plain.slice(0, plain.lastIndexOf(' ', LONGEST_TITLE)).slice(0, LONGEST_TITLE)}…`;
}
