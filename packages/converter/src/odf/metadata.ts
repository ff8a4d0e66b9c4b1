import type { DocumentMetadata } from '../document.ts';
import { decodeXml } from '../xml/decode-xml.ts';
import type { ReadElements } from '../xml/read-xml.ts';

/** `meta.xml` (ISO/IEC 26300-1, 4.3); a part that is missing or broken says nothing. */
export function readOdfMetadata(
  files: ReadonlyMap<string, Uint8Array>,
  readElements: ReadElements,
): { title?: string; metadata: DocumentMetadata } {
  const fields = new Map<string, string>();
  try {
    const part = files.get('meta.xml');
    const [meta] = part ? readElements(decodeXml(part), (name) => name === 'meta') : [];
    for (const { name, text } of meta?.children ?? []) {
      const value = text.replace(/\s+/g, ' ').trim();
      if (value !== '' && !fields.has(name)) fields.set(name, value);
    }
  } catch {
    return { metadata: {} };
  }
  const title = fields.get('title');
  const author = fields.get('initial-creator') ?? fields.get('creator');
  const date = fields.get('creation-date') ?? fields.get('date');
  const language = fields.get('language');
  return {
    ...(title !== undefined && { title }),
    metadata: {
      ...(author !== undefined && { authors: [author] }),
      ...(date !== undefined && { date }),
      ...(language !== undefined && { language }),
    },
  };
}
