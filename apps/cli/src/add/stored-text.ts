import { type ConvertedDocument, linkImages } from '@openkb/converter';
import {
  readFrontMatter,
  splitFrontMatter,
  updateFrontMatter,
  writeFrontMatter,
} from '@openkb/wiki';

import { imagesLink, imagesPath, sourceTextPath } from '../knowledge-base/layout.ts';

/** A document as the wiki keeps it: its text, and where its pictures are. */
export interface StoredText {
  /** A long document is stored page by page. */
  readonly form: 'md' | 'json';
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  /** The whole text with its pictures linked, as the compiler reads it. */
  readonly markdown: string;
  readonly pages?: readonly { readonly page: number; readonly text: string }[];
}

/** @param threshold from so many pages on a document is long */
export function storedText(
  document: ConvertedDocument,
  name: string,
  threshold: number,
): StoredText {
  const link = (markdown: string) => linkImages(markdown, imagesLink(name));
  const markdown = link(document.markdown);
  const { pages } = document;
  if (pages === undefined || pages.length < threshold)
    return {
      form: 'md',
      path: sourceTextPath(name, 'md'),
      text: asPage(markdown, document),
      markdown,
      ...(pages && {
        pages: pages.map(({ page, markdown: text }) => ({ page, text: link(text) })),
      }),
    };
  const stored = pages.map(({ page, markdown: content, images }) => ({
    page,
    content: link(content),
    images: images.map((image) => ({ path: `${imagesLink(name)}/${image}` })),
  }));
  return {
    form: 'json',
    path: sourceTextPath(name, 'json'),
    text: `${JSON.stringify(stored, null, 2)}\n`,
    markdown,
    pages: stored.map(({ page, content }) => ({ page, text: content })),
  };
}

/** With front matter that says what it is; what the source itself says there stays. */
function asPage(markdown: string, { title, metadata }: ConvertedDocument): string {
  const own = readFrontMatter(markdown);
  const missing = (key: string) => typeof own[key] !== 'string' || own[key].trim() === '';
  const { url, authors, date } = metadata;
  const said = {
    type: 'Source',
    title,
    ...(url !== undefined && {
      resource: url,
      ...(authors && { author: authors.join(', ') }),
      ...(date !== undefined && { date }),
    }),
  };
  const added = Object.fromEntries(Object.entries(said).filter(([key]) => missing(key)));
  const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`;
  if (splitFrontMatter(text).block !== '') return updateFrontMatter(text, added);
  return `${writeFrontMatter(added)}\n${text}`;
}

/** Paths, relative to the root, of the pictures that a stored text shows from its own directory. */
export function shownImages(text: string, name: string): Set<string> {
  const own = `images/${name}/`;
  const paths = new Set<string>();
  for (let at = text.indexOf(own); at !== -1; at = text.indexOf(own, at + 1)) {
    const file = /^[\p{L}\p{M}\p{N}._-]+/u.exec(text.slice(at + own.length, at + own.length + 300));
    if (file) paths.add(`${imagesPath(name)}/${file[0]}`);
  }
  return paths;
}
