import { escapeHtml } from '../../html-to-markdown/escape-html.ts';
import type { EquationStore } from '../../math/equation-store.ts';
import { chartToHtml, diagramToHtml } from '../../ooxml/graphics-to-html.ts';
import type { Relationship } from '../../ooxml/package.ts';
import { altOf, takePicture, type PictureStore } from '../../ooxml/take-picture.ts';
import { at, child, descendants } from '../../xml/find-elements.ts';
import type { XmlElement } from '../../xml/read-xml.ts';
import { chartOf, tableToHtml } from './frames.ts';
import {
  boxOf,
  inheritedShapes,
  placeholderOf,
  type Placeholder,
  type Template,
} from './placeholders.ts';
import { readingOrder, type Box } from './reading-order.ts';
import { bodyToHtml, ownStyles, paragraphToHtml, type TextContext } from './text-body.ts';

export interface SlideContext {
  readonly page: number;
  readonly relationships: ReadonlyMap<string, Relationship>;
  readonly template: Template;
  readonly pictures: PictureStore;
  readonly equations: EquationStore;
}

export interface SlideContent {
  /** Words of the title's HTML; empty for a slide without one. */
  readonly title: string;
  readonly isTitleSlide: boolean;
  /** All else, in reading order. */
  readonly html: string;
}

interface Shape {
  readonly element: XmlElement;
  readonly placeholder: Placeholder | undefined;
  readonly box: Box | undefined;
}

const LEFT_OUT = new Set(['ftr', 'dt', 'sldNum', 'hdr', 'sldImg']);

const isTitle = ({ placeholder }: Shape): boolean =>
  /^(?:title|ctrTitle)$/.test(placeholder?.type ?? '');

export function slideToHtml(root: XmlElement, context: SlideContext): SlideContent {
  const tree = at(root, 'cSld', 'spTree');
  const shapes = shapesOf(tree, context.template);
  const titles = shapes.filter((shape) => isTitle(shape));
  const title = titles
    .map((shape) => titleWords(shape, context))
    .join(' ')
    .trim();
  const others = shapes.filter((shape) => !isTitle(shape));
  return {
    title,
    isTitleSlide: titles.some(({ placeholder }) => placeholder?.type === 'ctrTitle'),
    html: inOrder(others)
      .map((shape) => shapeToHtml(shape, context))
      .join('\n'),
  };
}

/** The words of a slide's notes, as HTML. */
export function notesToHtml(root: XmlElement, context: SlideContext): string {
  const shapes = shapesOf(at(root, 'cSld', 'spTree'), context.template);
  const bodies = shapes.filter(({ placeholder }) => placeholder?.type === 'body');
  return bodies
    .map(({ element }) => bodyToHtml(child(element, 'txBody'), { ...context, styles: [] }))
    .join('');
}

function shapesOf(tree: XmlElement | undefined, template: Template): Shape[] {
  return (tree?.children ?? []).flatMap((element): Shape[] => {
    if (element.name === 'AlternateContent')
      return shapesOf(child(element, 'Choice') ?? child(element, 'Fallback'), template);
    if (!/^(?:sp|pic|graphicFrame|grpSp|cxnSp|contentPart)$/.test(element.name)) return [];
    const placeholder = placeholderOf(element);
    if (placeholder !== undefined && LEFT_OUT.has(placeholder.type)) return [];
    const inherited = placeholder ? inheritedShapes(placeholder, template) : [];
    const box = [element, ...inherited].map((one) => boxOf(one)).find((one) => one !== undefined);
    return [{ element, placeholder, box }];
  });
}

/** By place where all have one; else as the file has them. */
function inOrder(shapes: readonly Shape[]): Shape[] {
  const placed = shapes.flatMap(({ box, ...shape }) => (box ? [{ ...shape, box }] : []));
  return placed.length === shapes.length ? readingOrder(placed) : [...shapes];
}

function titleWords({ element }: Shape, context: SlideContext): string {
  const paragraphs = at(element, 'txBody')?.children.filter(({ name }) => name === 'p') ?? [];
  const words = paragraphs.map((one) => paragraphToHtml(one, { ...context, styles: [] }));
  return words
    .join(' ')
    .replace(/<\/?(?:strong|em)>/g, '')
    .replaceAll('<br>', ' ');
}

function shapeToHtml(shape: Shape, context: SlideContext): string {
  const { element, placeholder } = shape;
  switch (element.name) {
    case 'grpSp':
      return inOrder(shapesOf(element, context.template))
        .map((inner) => shapeToHtml(inner, context))
        .join('\n');
    case 'pic':
      return pictureToHtml(element, context);
    case 'graphicFrame':
      return frameToHtml(element, context);
    default:
      return bodyToHtml(child(element, 'txBody'), {
        ...context,
        styles: [...ownStyles(element), ...templateStyles(placeholder, context.template)],
      });
  }
}

function templateStyles(placeholder: Placeholder | undefined, template: Template): XmlElement[] {
  if (placeholder === undefined) return [];
  const inherited = inheritedShapes(placeholder, template).flatMap((one) => ownStyles(one));
  const master = child(template.styles, 'bodyStyle');
  return master ? [...inherited, master] : inherited;
}

function pictureToHtml(
  picture: XmlElement,
  { relationships, pictures, page }: SlideContext,
): string {
  const address = takePicture(picture, relationships, pictures, page);
  return address === undefined
    ? ''
    : `<p><img src="${address}" alt="${escapeHtml(altOf(picture))}"></p>`;
}

function frameToHtml(frame: XmlElement, context: SlideContext): string {
  const text: TextContext = { ...context, styles: [] };
  const table = at(frame, 'graphic', 'graphicData', 'tbl');
  if (table !== undefined) return tableToHtml(table, text);
  const chart = chartOf(frame, context.pictures.office, text);
  if (chart !== undefined) return chartToHtml(chart);
  const diagram = diagramToHtml(frame, context.pictures.office, context.relationships);
  if (diagram !== '') return diagram;
  // an embedded object has a picture of itself
  return descendants(frame, 'pic')
    .slice(0, 1)
    .map((one) => pictureToHtml(one, context))
    .join('');
}
