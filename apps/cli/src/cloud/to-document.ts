/** A document of PageIndex Cloud in the shape that converters return. */
import type { ConvertedDocument, DocumentImage, DocumentPage } from '@openkb/converter';
import type { CloudDocument } from '@openkb/pageindex-cloud';
import type { DocumentSection } from '@openkb/wiki-compiler';

import { placeImages } from './place-images.ts';

/** Longest title in characters; a service may send anything. */
const MOST_TITLE = 300;

/** @param label distinguishes the names of its pictures: `p1_img1.png` */
export function toDocument(
  { metadata, nodes, pages, messages }: CloudDocument,
  label = 'img',
): ConvertedDocument {
  const images: DocumentImage[] = [];
  const missing: string[] = [];
  const made = pages.map((page): DocumentPage => {
    const placed = placeImages(page, label);
    images.push(...placed.images);
    missing.push(...placed.missing);
    return {
      page: page.page,
      markdown: placed.markdown,
      images: placed.images.map(({ name }) => name),
    };
  });
  const warnings = missing.length === 0 ? [] : [lostPictures(missing)];
  const [only, ...others] = nodes;
  const stem = lastName(metadata.name).replace(/(?<=.)\.[^.]*$/, '');
  const title = (others.length === 0 && only?.title) || stem || metadata.id;
  return {
    format: 'pdf',
    title: plainTitle(title),
    markdown: made
      .map(({ markdown }) => markdown.trim())
      .filter(Boolean)
      .join('\n\n'),
    pages: made,
    images,
    outline: [],
    metadata: {},
    messages: [...messages, ...warnings].map(({ code, text }) => ({
      level: 'warning',
      code,
      text,
    })),
  };
}

/** One line in which no link is: a title also stands where Markdown is not escaped. */
const plainTitle = (title: string): string =>
  title
    .replace(/\s+/g, ' ')
    .replace(/\[(?=\[)/g, '[ ')
    .trim()
    .slice(0, MOST_TITLE);

/** The section tree; a section without a title has a dash. */
export const sectionsOf = ({ nodes }: Pick<CloudDocument, 'nodes'>): readonly DocumentSection[] =>
  nodes.map(({ title, startPage, endPage, children }) => ({
    title: title.slice(0, MOST_TITLE) || '–',
    startPage,
    endPage,
    children: sectionsOf({ nodes: children }),
  }));

const lostPictures = (names: readonly string[]) => ({
  code: 'images-missing',
  text: `${names.length === 1 ? 'A picture that the text shows was' : `${names.length} pictures that the text shows were`} not sent by the service: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}.`,
});

/** The last part of a name that may be a path of either kind of system: `a\b`, `C:\x`, `..`. */
export const lastName = (name: string): string =>
  name
    .replace(/[/\\]+$/, '')
    .split(/[/\\]/)
    .at(-1)
    ?.trim() ?? '';
