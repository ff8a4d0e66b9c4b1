import type {
  ConversionMessage,
  ConvertedDocument,
  DocumentFormat,
  DocumentMetadata,
  DocumentPage,
} from './document.ts';
import type { ImageStore } from './images/image-store.ts';
import { outlineOf } from './markdown/outline.ts';
import { titleFromName } from './text/title-from-name.ts';

interface DocumentParts {
  readonly format: DocumentFormat;
  /** Name of the source. */
  readonly name: string;
  readonly markdown: string;
  /** As the source states it. */
  readonly title?: string | undefined;
  readonly metadata?: DocumentMetadata | undefined;
  readonly pages?: readonly DocumentPage[];
  readonly store?: ImageStore;
  readonly messages?: readonly ConversionMessage[];
  /** Take no heading for a title: the headings are the source's parts, such as sheets. */
  readonly headingsAreParts?: boolean;
}

/** A document of what a format's reader has found: its title is the stated one, the first heading, or the name. */
export function makeDocument(parts: DocumentParts): ConvertedDocument {
  const { format, name, markdown, title, metadata = {}, pages, store, messages = [] } = parts;
  const outline = outlineOf(markdown);
  const heading = outline.find(({ level }) => level === 1) ?? outline[0];
  const headline = parts.headingsAreParts === true ? undefined : heading?.title;
  return {
    format,
    title: title ?? headline ?? titleFromName(name),
    markdown,
    ...(pages && { pages }),
    images: store?.images ?? [],
    outline,
    metadata,
    messages: [
      ...messages,
      ...(/\S/.test(markdown) ? [] : [NO_TEXT]),
      ...(store?.messages() ?? []),
    ],
  };
}

const NO_TEXT: ConversionMessage = {
  level: 'warning',
  code: 'no-text',
  text: 'The document has no text.',
};
