import type { SaxesParser } from 'saxes';

import { localName, withLocalNames, type XmlAttributes } from './parse-xml.ts';

/** An element with its prefix cut off. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly children: XmlElement[];
  /** Text directly inside. */
  text: string;
  /** Offsets `[start, end)` in the source text. */
  readonly start: number;
  end: number;
}

const MAXIMUM_DEPTH = 512;

/**
 * Reads the elements of the given local names, whole, wherever they stand; nested ones belong to the outer
 * one. Throws on malformed XML, on entities that are not XML's own five, and on elements nested too deeply.
 */
export type ReadElements = (xml: string, wanted: (name: string) => boolean) => XmlElement[];

/** Loads the parser. */
export async function loadReadElements(): Promise<ReadElements> {
  const { SaxesParser } = await import('saxes');
  return (xml, wanted) => readElements(new SaxesParser({ position: true }), xml, wanted);
}

function readElements(
  parser: SaxesParser<{ position: true }>,
  xml: string,
  wanted: (name: string) => boolean,
): XmlElement[] {
  const found: XmlElement[] = [];
  const open: XmlElement[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    const parent = open.at(-1);
    if (parent === undefined && !wanted(name)) return;
    if (open.length >= MAXIMUM_DEPTH) throw new RangeError('XML elements are nested too deeply');
    const element: XmlElement = {
      name,
      attributes: withLocalNames(tag.attributes as Record<string, string>),
      children: [],
      text: '',
      start: xml.lastIndexOf('<', parser.position - 1),
      end: 0,
    };
    (parent?.children ?? found).push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined) element.end = parser.position;
  });
  const addText = (text: string): void => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(xml).close();
  return found;
}
