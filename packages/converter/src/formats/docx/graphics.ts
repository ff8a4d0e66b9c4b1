/**
 * Charts and diagrams, which mammoth drops, and the base of ruby text, with which it drops the paragraph. Each graphic
 * is replaced by a placeholder of private characters before, and the placeholder by HTML after.
 */
import { escapeHtml } from '../../html-to-markdown/escape-html.ts';
import { chartToHtml, diagramToHtml } from '../../ooxml/graphics-to-html.ts';
import {
  relationOf,
  tolerant,
  type OfficePackage,
  type Relationship,
} from '../../ooxml/package.ts';
import { decodeXml } from '../../xml/decode-xml.ts';
import { child, descendants } from '../../xml/find-elements.ts';
import type { ReadElements, XmlElement } from '../../xml/read-xml.ts';

const OPEN = '\uE002';
const CLOSE = '\uE003';
const PARTS = /^word\/(?:document\d*|footnotes|endnotes)\.xml$/;
const HINT = /<(?:\w+:)?(?:chart|relIds|ruby)[\s>]/;
const HOLDERS = new Set(['AlternateContent', 'drawing', 'ruby']);

/** Replaces graphics in `files`, in place; gives their HTML in order. */
export function takeGraphics(
  files: Map<string, Uint8Array>,
  office: OfficePackage,
  readElements: ReadElements,
): string[] {
  const graphics: string[] = [];
  for (const [path, bytes] of files) {
    if (!PARTS.test(path)) continue;
    const xml = decodeXml(bytes);
    if (!HINT.test(xml)) continue;
    const elements = tolerant(() => readElements(xml, (name) => HOLDERS.has(name)));
    if (elements === undefined) continue;
    const prefix = /<(\w+:)?(?:document|footnotes|endnotes)[\s>]/.exec(xml)?.[1] ?? 'w:';
    const relationships = office.relationships(path);
    let result = '';
    let done = 0;
    for (const element of elements) {
      const text = textFor(element, { office, relationships }, graphics);
      if (text === undefined) continue;
      result += `${xml.slice(done, element.start)}<${prefix}t xml:space="preserve">${text}</${prefix}t>`;
      done = element.end;
    }
    const whole = result + xml.slice(done);
    files.set(
      path,
      Buffer.from(whole.replace(/^(<\?xml[^>]*encoding=)["'][^"']*["']/, '$1"UTF-8"')),
    );
  }
  return graphics;
}

/** What stands in the run instead of the element; `undefined` for one that stays. */
function textFor(
  element: XmlElement,
  {
    office,
    relationships,
  }: { office: OfficePackage; relationships: ReadonlyMap<string, Relationship> },
  graphics: string[],
): string | undefined {
  if (element.name === 'ruby')
    return escapeHtml(
      descendants(child(element, 'rubyBase'), 't')
        .map(({ text }) => text)
        .join(''),
    );
  const [chart] = descendants(element, 'chart');
  const relation = chart && relationOf(chart, 'id', relationships);
  const root = relation && tolerant(() => office.root(relation.target));
  const html =
    root === undefined ? diagramToHtml(element, office, relationships) : chartToHtml(root);
  if (html === '') return undefined;
  return `${OPEN}${graphics.push(html) - 1}${CLOSE}`;
}

/** A graphic stands between paragraphs. */
export function putGraphicsBack(html: string, graphics: readonly string[]): string {
  if (graphics.length === 0) return html;
  return html.replace(
    /\uE002(\d+)\uE003/g,
    (_placeholder, index: string) => `</p>${graphics[Number(index)] ?? ''}<p>`,
  );
}
