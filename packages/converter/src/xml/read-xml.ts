import type { SaxesParser } from 'saxes';

/** An element with its prefix cut off; attributes too. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
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
      attributes: localAttributes(tag.attributes as Record<string, string>),
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
  parser.on('text', (text) => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.text += text;
  });
  parser.write(xml).close();
  return found;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [localName(name), value]),
  );
}
