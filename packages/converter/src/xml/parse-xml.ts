import { pause } from '../pause.ts';

/** Attributes by their names as written, and by local name where that is free. */
export type XmlAttributes = Readonly<Record<string, string>>;

/** What to do at each event; names are local, without their prefix. */
export interface XmlHandler {
  open?(name: string, attributes: XmlAttributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

export interface ParseXmlOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called for an entity that is none of XML's own five, which is then kept as it is written. Default: an error. */
  readonly onUnknownEntity?: () => void;
}

const MAXIMUM_DEPTH = 512;
const PIECE = 2 ** 20;
const UNKNOWN_ENTITY = /undefined entity/;

/**
 * Reads an XML text piece by piece; the event loop turns in between. Throws on malformed XML, on entities, which
 * are never expanded, and a `RangeError` on elements nested too deeply.
 */
export async function parseXml(
  xml: string,
  handler: XmlHandler,
  { signal, onUnknownEntity }: ParseXmlOptions = {},
): Promise<void> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ position: false });
  let depth = 0;
  parser.on('error', (error) => {
    if (onUnknownEntity === undefined || !UNKNOWN_ENTITY.test(error.message)) throw error;
    onUnknownEntity();
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > MAXIMUM_DEPTH) throw new RangeError('XML elements are nested too deeply');
    handler.open?.(localName(name), withLocalNames(attributes as Record<string, string>));
  });
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handler.close?.(localName(name));
  });
  for (let at = 0; at < xml.length; at += PIECE) {
    parser.write(xml.slice(at, at + PIECE));
    // the pieces are read one after the other
    // oxlint-disable-next-line no-await-in-loop
    if (xml.length > PIECE) await pause(signal);
  }
  parser.close();
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** `r:id` is there under its whole name, and as `id` unless there is an `id` without a prefix. */
export function withLocalNames(attributes: Readonly<Record<string, string>>): XmlAttributes {
  let result = attributes;
  // most elements have no prefix, and a sheet has millions of them
  for (const name in attributes) {
    if (!name.includes(':')) continue;
    if (result === attributes) result = { ...attributes };
    (result as Record<string, string>)[localName(name)] ??= attributes[name] as string;
  }
  return result;
}
