import type { ConversionContext } from '../../converter.ts';
import type { ConversionMessage, ConvertedDocument, DocumentFormat } from '../../document.ts';
import { escapeHtml } from '../../html-to-markdown/escape-html.ts';
import type { HtmlHead } from '../../html-to-markdown/head.ts';
import {
  headOf,
  htmlToMarkdown,
  type MarkdownOfHtml,
} from '../../html-to-markdown/html-to-markdown.ts';
import type { ImageStore } from '../../images/image-store.ts';
import { outlineOf } from '../../markdown/outline.ts';
import { pause } from '../../pause.ts';
import { titleFromName } from '../../text/title-from-name.ts';
import { mainContentOf, type MainContent } from './main-content.ts';

export interface HtmlPage {
  readonly format: DocumentFormat;
  readonly name: string;
  readonly html: string;
  /** Its address, when known. */
  readonly url?: string | undefined;
  readonly store: ImageStore;
  readonly messages: readonly ConversionMessage[];
  readonly resolveImage: (src: string) => string | null | undefined;
}

/** A page as a document: whole, or its main content when that is asked for. */
export async function htmlDocument(
  page: HtmlPage,
  { mainContent, signal }: ConversionContext,
): Promise<ConvertedDocument> {
  const { format, name, html, url, store, messages, resolveImage } = page;
  const links = { resolveImage, ...(url !== undefined && { url }) };
  const main = mainContent === true ? await mainContentOf(html, url) : undefined;
  await pause(signal);
  const head = main === undefined ? undefined : await headOf(html);
  const shown =
    main === undefined ? await htmlToMarkdown(html, links) : await contentToMarkdown(main, links);
  await pause(signal);
  const said = head ?? shown;
  const outline = outlineOf(shown.markdown);
  return {
    format,
    title:
      main?.title ??
      said.title ??
      (outline.find(({ level }) => level === 1) ?? outline[0])?.title ??
      titleFromName(name),
    markdown: shown.markdown,
    images: store.images,
    outline,
    metadata: metadataOf(said, main, url),
    messages: [
      ...messages,
      ...(mainContent === true && main === undefined ? [NO_MAIN_CONTENT] : []),
      ...(shown.flattened ? [FLATTENED] : []),
      ...(/\S/.test(shown.markdown) ? [] : [NO_TEXT]),
      ...store.messages(),
    ],
  };
}

/** The title is no part of the content that is found: it stands above it. */
function contentToMarkdown(
  { html, title }: MainContent,
  links: Parameters<typeof htmlToMarkdown>[1],
): Promise<MarkdownOfHtml> {
  const hasTitle = /<h1[\s>]/i.test(html) || title === undefined;
  return htmlToMarkdown(hasTitle ? html : `<h1>${escapeHtml(title)}</h1>${html}`, links);
}

function metadataOf(
  { authors, date, language, url: canonical }: HtmlHead,
  main: MainContent | undefined,
  address: string | undefined,
): ConvertedDocument['metadata'] {
  const writers = authors ?? (main?.author === undefined ? undefined : [main.author]);
  const day = date ?? main?.date;
  const tongue = language ?? main?.language;
  const url = canonical ?? address;
  return {
    ...(writers && { authors: writers }),
    ...(day !== undefined && { date: day }),
    ...(tongue !== undefined && { language: tongue }),
    ...(url !== undefined && { url }),
  };
}

const NO_MAIN_CONTENT = {
  level: 'info',
  code: 'main-content-not-found',
  text: 'The page has no main content that stands out: it is taken whole.',
} as const;

const FLATTENED = {
  level: 'warning',
  code: 'structure-lost',
  text: 'The page is nested too deeply to keep its structure: its text alone was taken.',
} as const;

const NO_TEXT = {
  level: 'warning',
  code: 'no-text',
  text: 'The page has no text; it may be written by a script when a browser opens it.',
} as const;
