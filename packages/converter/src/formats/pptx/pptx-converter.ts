/** PPTX to Markdown: each slide a page with its title as a heading, its shapes in reading order, its notes. */
import type { ConversionContext, Converter } from '../../converter.ts';
import type { ConversionMessage, ConvertedDocument, DocumentPage, Source } from '../../document.ts';
import { ConversionError } from '../../error.ts';
import { htmlToMarkdown } from '../../html-to-markdown/html-to-markdown.ts';
import { ImageStore } from '../../images/image-store.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { makeDocument } from '../../make-document.ts';
import { EquationStore } from '../../math/equation-store.ts';
import { readCoreProperties } from '../../ooxml/core-properties.ts';
import { officeMessages } from '../../ooxml/messages.ts';
import { openPackage, relationOf, tolerant, type OfficePackage } from '../../ooxml/package.ts';
import { readable } from '../../ooxml/readable.ts';
import type { PictureStore } from '../../ooxml/take-picture.ts';
import { pause } from '../../pause.ts';
import { child, children } from '../../xml/find-elements.ts';
import { loadReadElements } from '../../xml/read-xml.ts';
import { readZip } from '../../zip/read-zip.ts';
import { readTemplate } from './placeholders.ts';
import { notesToHtml, slideToHtml } from './slide.ts';

export const pptxConverter: Converter = {
  name: 'pptx',
  extensions: ['.pptx', '.pptm'],
  accepts: ({ kind }) => kind === 'pptx',
  async convert(source, context) {
    const { name } = source;
    const { limits, signal } = context;
    const archive = await readZip(source.bytes, { name, limits, signal });
    await pause(signal);
    const readElements = await loadReadElements();
    return readable(name, 'presentation', async () => {
      const office = openPackage(archive, readElements);
      const properties = readCoreProperties(office.files, readElements);
      return convertSlides(source, context, { office, properties });
    });
  },
};

interface Opened {
  readonly office: OfficePackage;
  readonly properties: ReturnType<typeof readCoreProperties>;
}

async function convertSlides(
  { name }: Source,
  { limits, signal, onProgress }: ConversionContext,
  { office, properties }: Opened,
): Promise<ConvertedDocument> {
  const slides = slidesOf(office);
  if (slides === undefined)
    throw new ConversionError('damaged', `"${name}" is a damaged presentation: it has no slides.`);
  const store = new ImageStore(limits);
  let external = 0;
  const pictures: PictureStore = { office, store, onExternal: () => (external += 1) };
  const pages: DocumentPage[] = [];
  const hidden: number[] = [];
  const unread: number[] = [];
  let firstTitle: string | undefined;
  for (const path of slides) {
    const page = pages.length + 1;
    const slide = tolerant(() => readSlide(path, page, pictures));
    if (slide === undefined) unread.push(page);
    if (slide?.hidden === true) hidden.push(page);
    if (slide?.title !== '') firstTitle ??= slide?.title;
    // one slide after the other, for the memory
    // oxlint-disable-next-line no-await-in-loop
    const markdown = slide === undefined ? '' : await toMarkdown(slide);
    pages.push({ page, markdown, images: namesIn(markdown) });
    onProgress?.(page, slides.length);
    // oxlint-disable-next-line no-await-in-loop
    await pause(signal);
  }
  return makeDocument({
    format: 'pptx',
    name,
    markdown: pages.flatMap(({ markdown }) => (markdown === '' ? [] : [markdown])).join('\n'),
    title: properties.title ?? firstTitle,
    metadata: properties.metadata,
    headingsAreParts: true,
    pages,
    store,
    messages: [
      ...officeMessages(office.files, external),
      ...tell('info', 'hidden-slides', hidden, 'hidden in the show, and taken along'),
      ...tell('warning', 'part-unread', unread, 'damaged and left out'),
    ],
  });
}

/** Paths of the slides in the order of the show; `undefined` when the package has no presentation. */
function slidesOf(office: OfficePackage): string[] | undefined {
  const path = office.main ?? 'ppt/presentation.xml';
  const root = office.root(path);
  if (root === undefined) return undefined;
  const relationships = office.relationships(path);
  return children(child(root, 'sldIdLst'), 'sldId').flatMap((slide) => {
    const relation = relationOf(slide, 'id', relationships);
    return relation === undefined || relation.external ? [] : [relation.target];
  });
}

interface Slide {
  /** Plain words; empty for a slide without a title. */
  readonly title: string;
  readonly html: string;
  readonly hidden: boolean;
  readonly equations: EquationStore;
}

function readSlide(path: string, page: number, pictures: PictureStore): Slide {
  const { office } = pictures;
  const root = office.root(path);
  if (root === undefined) throw new Error(`there is no part "${path}"`);
  const relationships = office.relationships(path);
  const equations = new EquationStore();
  const context = {
    page,
    relationships,
    template: readTemplate(office, relationships),
    pictures,
    equations,
  };
  const { title, isTitleSlide, html } = slideToHtml(root, context);
  const notesPath = [...relationships.values()].find(({ type }) => type === 'notesSlide')?.target;
  const notes = notesPath && tolerant(() => office.root(notesPath));
  const notesHtml =
    notes && notesPath
      ? notesToHtml(notes, { ...context, relationships: office.relationships(notesPath) })
      : '';
  const level = isTitleSlide && page === 1 ? 1 : 2;
  return {
    title: title
      .replace(/<[^>]*>|[\uE000\uE001]/g, '')
      .replace(/&(amp|lt|gt|quot);/g, (_all, name: string) => SIGNS[name] ?? '')
      .trim(),
    html: [
      `<h${level}>${title || `Slide ${page}`}</h${level}>`,
      html,
      notesHtml && `<blockquote><p><strong>Notes</strong></p>${notesHtml}</blockquote>`,
    ].join('\n'),
    hidden: root.attributes['show'] === '0' || root.attributes['show'] === 'false',
    equations,
  };
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

async function toMarkdown({ html, equations }: Slide): Promise<string> {
  const { markdown } = await htmlToMarkdown(html, {
    equations,
    resolveImage: (src) => (src.startsWith(IMAGE_SCHEME) ? undefined : null),
  });
  return markdown;
}

function namesIn(markdown: string): string[] {
  const found = markdown.matchAll(/\]\(openkb-image:([^)\s]+)\)/g);
  return [...new Set([...found].map(([, name = '']) => name))];
}

function tell(
  level: ConversionMessage['level'],
  code: string,
  pages: readonly number[],
  what: string,
): ConversionMessage[] {
  if (pages.length === 0) return [];
  const subject = pages.length === 1 ? 'Slide' : 'Slides';
  return [
    {
      level,
      code,
      text: `${subject} ${pages.join(', ')} ${pages.length === 1 ? 'is' : 'are'} ${what}.`,
    },
  ];
}
