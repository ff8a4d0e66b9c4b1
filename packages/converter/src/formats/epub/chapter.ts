import type { Element, ElementContent, Root } from 'hast';

import { attribute, eachElement, element, text, textOf } from '../../html-to-markdown/hast.ts';
import { pathOf } from './epub-package.ts';

const VOID =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|image|path|rect|circle|line|use)$/i;

/** XHTML for a parser of HTML: an empty element such as `<a id="x"/>` gets its end. */
export function asHtml(xhtml: string): string {
  return xhtml
    .replace(/^\uFEFF?\s*<\?xml[^>]*>/, '')
    .replace(/<([A-Za-z][\w:-]*)((?:\s[^<>]*)?)\/>/g, (whole, name: string, attributes: string) =>
      VOID.test(name) ? whole : `<${name}${attributes}></${name}>`,
    );
}

interface ChapterOptions {
  readonly path: string;
  /** Paths of all chapters. */
  readonly chapters: ReadonlySet<string>;
  /** What the table of contents calls it, for a chapter without a heading. */
  readonly name: string | undefined;
}

/**
 * The content of a chapter for the tree of the whole book: ids and the links to them bear the chapter's path, so
 * that those of several chapters are told apart; pictures bear their paths in the archive.
 */
export function chapterContent(
  tree: Root,
  { path, chapters, name }: ChapterOptions,
): ElementContent[] {
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  let hasHeading = false;
  eachElement(tree, (one) => {
    hasHeading ||= /^h[1-6]$/.test(one.tagName);
    rewrite(one, { path, directory, chapters });
  });
  const content = bodyOf(tree);
  const section = element('section', content);
  section.properties['id'] = path;
  if (hasHeading || name === undefined || textOf(section).trim() === '') return [section];
  section.children = [element('h2', [text(name)]), ...content];
  return [section];
}

function bodyOf(tree: Root): ElementContent[] {
  const html = tree.children.find(
    (one): one is Element => one.type === 'element' && one.tagName === 'html',
  );
  const body = html?.children.find(
    (one): one is Element => one.type === 'element' && one.tagName === 'body',
  );
  return body?.children ?? [];
}

function rewrite(
  one: Element,
  { path, directory, chapters }: { path: string; directory: string; chapters: ReadonlySet<string> },
): void {
  const { properties } = one;
  if (one.tagName === 'image' && one.children.length === 0) turnIntoPicture(one);
  if (one.tagName === 'svg') unwrapPicture(one);
  const id = attribute(properties['id']);
  if (id !== '') properties['id'] = `${path}#${id}`;
  if (one.tagName === 'a') {
    const name = attribute(properties['name']);
    if (name !== '') properties['name'] = `${path}#${name}`;
    if (properties['href'] !== undefined)
      properties['href'] = linkOf(attribute(properties['href']).trim(), {
        path,
        directory,
        chapters,
      });
  }
  if (one.tagName === 'img' && !/^[a-z][a-z0-9+.-]*:/i.test(attribute(one.properties['src'])))
    one.properties['src'] = pathOf(attribute(one.properties['src']), directory);
}

/** A link out of the book stays; one to a file that is no chapter becomes its words. */
function linkOf(
  href: string,
  { path, directory, chapters }: { path: string; directory: string; chapters: ReadonlySet<string> },
): string {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return href;
  const [file = '', fragment] = href.split('#', 2);
  const target = file === '' ? path : pathOf(file, directory);
  if (!chapters.has(target)) return '';
  return fragment === undefined || fragment === '' ? `#${target}` : `#${target}#${fragment}`;
}

/** Covers are often a picture in a drawing. */
function unwrapPicture(drawing: Element): void {
  const pictures: Element[] = [];
  eachElement({ type: 'root', children: [drawing] }, (one) => {
    if (one.tagName === 'image') pictures.push(one);
  });
  if (pictures.length === 0) return;
  drawing.tagName = 'div';
  drawing.properties = {};
  drawing.children = pictures;
}

function turnIntoPicture(image: Element): void {
  const { xLinkHref, xlinkHref, href } = image.properties as Readonly<
    Record<string, Element['properties'][string]>
  >;
  image.tagName = 'img';
  image.properties = {
    src: attribute(xLinkHref ?? xlinkHref ?? href ?? image.properties['xlink:href']),
  };
}
