import { tolerant, type OfficePackage, type Relationship } from '../../ooxml/package.ts';
import { cellPlace, type SheetComment } from '../../spreadsheet/model.ts';
import { child, children, descendants } from '../../xml/find-elements.ts';
import type { XmlElement } from '../../xml/read-xml.ts';

/** The comments of a sheet, in the order of its cells. Threads are kept twice in a file, once as old comments. */
export function readComments(
  office: OfficePackage,
  relationships: ReadonlyMap<string, Relationship>,
  people: ReadonlyMap<string, string>,
): SheetComment[] {
  const parts = [...relationships.values()];
  const rootsOf = (type: string): XmlElement[] =>
    parts.flatMap((part) =>
      part.type === type ? (tolerant(() => office.root(part.target)) ?? []) : [],
    );
  const threads = rootsOf('threadedComment').flatMap((root) => threaded(root, people));
  const places = new Set(threads.map(({ row, column }) => `${row} ${column}`));
  const notes = rootsOf('comments')
    .flatMap((root) => plain(root))
    .filter(({ row, column }) => !places.has(`${row} ${column}`));
  return [...threads, ...notes].toSorted((a, b) => a.row - b.row || a.column - b.column);
}

/** Names of the people who wrote threads, by their ids. */
export function readPeople(
  office: OfficePackage,
  relationships: ReadonlyMap<string, Relationship>,
): Map<string, string> {
  const part = [...relationships.values()].find(({ type }) => type === 'person');
  const root = part && tolerant(() => office.root(part.target));
  return new Map(
    children(root, 'person').map(({ attributes }) => [
      attributes['id'] ?? '',
      attributes['displayName'] ?? '',
    ]),
  );
}

function threaded(root: XmlElement, people: ReadonlyMap<string, string>): SheetComment[] {
  return children(root, 'threadedComment').flatMap((comment) => {
    const { ref = '', personId = '' } = comment.attributes;
    return at(ref, child(comment, 'text')?.text ?? '', people.get(personId));
  });
}

function plain(root: XmlElement): SheetComment[] {
  const authors = children(child(root, 'authors'), 'author').map(({ text }) => text.trim());
  return descendants(root, 'comment').flatMap((comment) => {
    const { ref = '', authorId = '' } = comment.attributes;
    const author = authors[Number(authorId)];
    const words = descendants(child(comment, 'text'), 't')
      .map(({ text }) => text)
      .join('');
    // Excel begins a comment with its author's name in bold
    const text = author && words.startsWith(`${author}:`) ? words.slice(author.length + 1) : words;
    return at(ref, text, author);
  });
}

function at(reference: string, text: string, author: string | undefined): SheetComment[] {
  const place = cellPlace(reference);
  if (place === undefined || !/\S/.test(text)) return [];
  return [{ ...place, text, ...(author !== undefined && author !== '' && { author }) }];
}
