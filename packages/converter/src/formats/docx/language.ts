import { decodeXml } from '../../xml/decode-xml.ts';

/** The language in which the document's styles are written, unless they say otherwise. */
export function documentLanguage(files: ReadonlyMap<string, Uint8Array>): string | undefined {
  const styles = files.get('word/styles.xml');
  if (styles === undefined) return undefined;
  const defaults = /<w:docDefaults>[^]{0,4000}?<w:lang\s([^<>]*)>/.exec(decodeXml(styles))?.[1];
  return defaults === undefined
    ? undefined
    : /(?:^|\s)w:val="([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)"/.exec(defaults)?.[1];
}
