/**
 * Answers to values. Members that are not known pass; a member that must be there and is not is
 * named in the error; facts that are only inferred are read in every plausible form.
 */
import { PageIndexError, reasonIn } from './error.ts';
import { readImage } from './images.ts';
import type { CloudMessage, CloudMetadata, CloudNode, CloudPage, CloudPages } from './types.ts';

type Members = Readonly<Record<string, unknown>>;

export const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

const first = (members: Members, names: readonly string[]): unknown =>
  names.map((name) => members[name]).find((value) => value !== undefined && value !== null);

const textIn = (members: Members, names: readonly string[]): string | undefined => {
  const value = first(members, names);
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
};

const integerIn = (members: Members, names: readonly string[]): number | undefined => {
  const value = first(members, names);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
};

/** The error for an answer without a member that it must have. */
export const lacking = (member: string, members: Members, subject: string): PageIndexError => {
  const message = `The answer to the request for ${subject} has no usable "${member}".`;
  const excerpt = JSON.stringify(members).slice(0, 500);
  return new PageIndexError('unreadable-answer', message, { excerpt });
};

/** The first of the named members that is there as text. */
export const required = (members: Members, names: readonly string[], subject: string): string => {
  const value = textIn(members, names);
  if (value !== undefined && value !== '') return value;
  throw lacking(names[0] ?? '', members, subject);
};

export const statusIn = (members: Members): string =>
  textIn(members, ['status'])?.toLowerCase() ?? 'unknown';

/** Times without a zone are UTC. */
const timeOf = (text: string): string =>
  /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`;

export const readMetadata = (answer: unknown, subject: string): CloudMetadata => {
  const raw = membersOf(answer);
  const id = required(raw, ['id', 'doc_id'], subject);
  const status = statusIn(raw);
  const createdAt = textIn(raw, ['createdAt', 'created_at']);
  const pageCount = integerIn(raw, ['pageNum', 'page_num', 'pageCount', 'page_count']);
  const folderId = textIn(raw, ['folderId', 'folder_id']);
  const reason = status === 'failed' ? reasonIn(raw) : '';
  return {
    id,
    name: textIn(raw, ['name', 'doc_name']) ?? '',
    description: textIn(raw, ['description', 'doc_description']) ?? '',
    status,
    ...(createdAt === undefined ? {} : { createdAt: timeOf(createdAt) }),
    ...(pageCount === undefined || pageCount < 1 ? {} : { pageCount }),
    ...(folderId === undefined ? {} : { folderId }),
    ...(reason === '' ? {} : { reason }),
    raw,
  };
};

const listIn = (value: unknown, names: readonly string[]): readonly unknown[] | undefined => {
  if (Array.isArray(value)) return value;
  const inner = first(membersOf(value), names);
  return Array.isArray(inner) ? inner : undefined;
};

const MOST_LEVELS = 100;

const readNode = (value: unknown, level: number): CloudNode => {
  const node = membersOf(value);
  const id = textIn(node, ['node_id', 'id']);
  const startPage = integerIn(node, ['page_index', 'start_index', 'start_page', 'physical_index']);
  const below =
    level < MOST_LEVELS ? listIn(first(node, ['nodes', 'children', 'child_nodes']), []) : [];
  const items = listIn(node['key_items'], []) ?? [];
  return {
    title: (textIn(node, ['title', 'name']) ?? '').replaceAll(/\s+/g, ' ').trim(),
    ...(id === undefined ? {} : { id }),
    ...(startPage === undefined ? {} : { startPage }),
    summary: textIn(node, ['summary']) || (textIn(node, ['prefix_summary']) ?? ''),
    keyItems: items.filter((item) => typeof item === 'string'),
    children: (below ?? []).map((child) => readNode(child, level + 1)),
  };
};

/** The nodes of a tree answer; an empty tree is an empty list. */
export const readTree = (answer: unknown, subject: string): readonly CloudNode[] => {
  const envelope = membersOf(answer);
  const result = first(envelope, ['result', 'tree', 'structure']) ?? answer;
  const nodes = listIn(result, ['structure', 'tree', 'nodes', 'result']);
  if (nodes) return nodes.map((node) => readNode(node, 0));
  if ('title' in membersOf(result)) return [readNode(result, 0)];
  throw lacking('result', envelope, subject);
};

const textOfPage = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOfPage).join('\n\n');
  return textOfPage(first(membersOf(value), ['markdown', 'content', 'text']) ?? '');
};

/** Bytes of all images of a document. */
const MOST_IMAGE_BYTES = 200_000_000;

/** Reads the images of one page after the other. */
class ImageReader {
  readonly #messages: CloudMessage[];
  #left = MOST_IMAGE_BYTES;

  constructor(messages: CloudMessage[]) {
    this.#messages = messages;
  }

  of(page: number, value: unknown): CloudPage['images'] {
    return (listIn(membersOf(value)['images'], []) ?? []).flatMap((element) => {
      const image = readImage(element);
      if (image === undefined) return this.#skip(page, 'is in a form that cannot be read');
      if (image.bytes.length > this.#left) return this.#skip(page, 'is too large');
      this.#left -= image.bytes.length;
      return [image];
    });
  }

  #skip(page: number, why: string): [] {
    this.#messages.push({ code: 'image-skipped', text: `An image of page ${page} ${why}.` });
    return [];
  }
}

const numberOf = (value: unknown): number | undefined =>
  integerIn(membersOf(value), ['page_index', 'page', 'page_number', 'pageIndex']);

/** Ranges of the numbers from 1 to the last that are not there, for people: `3, 7–9`. */
const gapsIn = (numbers: readonly number[]): string => {
  const gaps: string[] = [];
  let before = 0;
  for (const number of numbers) {
    if (number === before + 2) gaps.push(String(before + 1));
    else if (number > before + 2) gaps.push(`${before + 1}–${number - 1}`);
    before = number;
  }
  return gaps.join(', ');
};

/**
 * The pages of an OCR answer: in order, the later one of two with the same number. Pages without
 * any number go by their position; if only some have none, those are skipped with a message.
 */
export const readPages = (answer: unknown, subject: string): CloudPages => {
  const list = listIn(first(membersOf(answer), ['result', 'pages']) ?? answer, ['pages', 'result']);
  if (list === undefined) throw lacking('result', membersOf(answer), subject);
  const messages: CloudMessage[] = [];
  const unnumbered = list.every((value) => numberOf(value) === undefined);
  const byNumber = new Map<number, unknown>();
  for (const [i, value] of list.entries()) {
    const page = unnumbered ? i + 1 : numberOf(value);
    if (page !== undefined && page >= 1) byNumber.set(page, value);
    else
      messages.push({
        code: 'page-skipped',
        text: `Entry ${i + 1} of the pages has no page number.`,
      });
  }
  const images = new ImageReader(messages);
  const sorted = [...byNumber].toSorted(([a], [b]) => a - b);
  const pages = sorted.map(([page, value]): CloudPage => {
    return { page, markdown: textOfPage(value), images: images.of(page, value) };
  });
  const gaps = gapsIn(sorted.map(([page]) => page));
  if (gaps !== '') messages.push({ code: 'pages-missing', text: `Pages are missing: ${gaps}.` });
  return { pages, messages };
};
