/** What an EPUB's package document says (EPUB 3.3, 5): metadata, the files, their order. */
import type { DocumentMetadata } from '../../document.ts';
import { resolvePart } from '../../ooxml/package.ts';
import { decodeXml } from '../../xml/decode-xml.ts';
import { child, children } from '../../xml/find-elements.ts';
import type { ReadElements, XmlElement } from '../../xml/read-xml.ts';

export interface EpubPackage {
  readonly title: string | undefined;
  readonly metadata: DocumentMetadata;
  /** Paths of the chapters in reading order. */
  readonly chapters: readonly string[];
  /** Path of the table of contents: XHTML of EPUB 3, or NCX of EPUB 2. */
  readonly contents: string | undefined;
}

interface Item {
  readonly path: string;
  readonly mediaType: string;
  readonly properties: string;
}

/** `undefined` when the archive names no package document, or one that it does not have. Throws on malformed XML. */
export function readEpubPackage(
  files: ReadonlyMap<string, Uint8Array>,
  readElements: ReadElements,
): EpubPackage | undefined {
  const root = (path: string): XmlElement | undefined => {
    const bytes = files.get(path);
    return bytes && readElements(decodeXml(bytes), () => true)[0];
  };
  const path = packagePath(root('META-INF/container.xml'), files);
  const opf = path === undefined ? undefined : root(path);
  if (path === undefined || opf === undefined) return undefined;
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  const items = new Map(
    children(child(opf, 'manifest'), 'item').map(({ attributes }) => [
      attributes['id'] ?? '',
      {
        path: pathOf(attributes['href'] ?? '', directory),
        mediaType: attributes['media-type'] ?? '',
        properties: attributes['properties'] ?? '',
      },
    ]),
  );
  const all = [...items.values()];
  return {
    ...fieldsOf(child(opf, 'metadata')),
    chapters: chaptersOf(opf, items).filter((chapter) => files.has(chapter)),
    contents: (
      all.find(({ properties }) => hasWord(properties, 'nav')) ??
      all.find(({ mediaType }) => mediaType === 'application/x-dtbncx+xml')
    )?.path,
  };
}

/** Links are percent-encoded, names in the archive are not. */
export function pathOf(href: string, directory: string): string {
  const path = resolvePart(href, directory);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function packagePath(
  container: XmlElement | undefined,
  files: ReadonlyMap<string, Uint8Array>,
): string | undefined {
  const named = children(child(container, 'rootfiles'), 'rootfile').map(
    ({ attributes }) => attributes['full-path'] ?? '',
  );
  return (
    named.find((path) => files.has(path)) ?? [...files.keys()].find((path) => /\.opf$/i.test(path))
  );
}

function chaptersOf(opf: XmlElement, items: ReadonlyMap<string, Item>): string[] {
  const spine = children(child(opf, 'spine'), 'itemref').flatMap(({ attributes }) => {
    const item = items.get(attributes['idref'] ?? '');
    return item === undefined || hasWord(item.properties, 'nav') ? [] : [item];
  });
  const pages = spine.length > 0 ? spine : [...items.values()];
  const found = pages.filter(
    ({ mediaType, path }) => /html/i.test(mediaType) || /\.x?html?$/i.test(path),
  );
  return [...new Set(found.map(({ path }) => path))];
}

function hasWord(words: string, word: string): boolean {
  return words.split(/\s+/).includes(word);
}

function fieldsOf(metadata: XmlElement | undefined): Pick<EpubPackage, 'title' | 'metadata'> {
  const values = (name: string): string[] =>
    children(metadata, name).flatMap(({ text }) => text.replace(/\s+/g, ' ').trim() || []);
  const [title] = values('title');
  const authors = [...new Set(values('creator'))];
  const [date] = values('date');
  const [language] = values('language');
  return {
    title,
    metadata: {
      ...(authors.length > 0 && { authors }),
      ...(date !== undefined && { date }),
      ...(language !== undefined && { language }),
    },
  };
}
