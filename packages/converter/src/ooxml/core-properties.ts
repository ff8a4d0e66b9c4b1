import type { DocumentMetadata } from '../document.ts';
import { decodeXml } from '../xml/decode-xml.ts';
import type { ReadElements } from '../xml/read-xml.ts';

export interface CoreProperties {
  readonly title?: string;
  readonly metadata: DocumentMetadata;
}

/** Templates and old versions leave these in the title. */
const NO_TITLE =
  /^(?:untitled|title|(?:document|presentation|book|slide|workbook)\s*\d*|(?:word|powerpoint) (?:document|presentation)|microsoft (?:word|powerpoint|excel).*|.*\.(?:docx?|dotx?|rtf|pptx?|potx?|xlsx?))$/i;

/** `docProps/core.xml` (ECMA-376 part 2, 11); a part that is missing or broken says nothing. */
export function readCoreProperties(
  files: ReadonlyMap<string, Uint8Array>,
  readElements: ReadElements,
): CoreProperties {
  const part = files.get('docProps/core.xml');
  if (part === undefined) return { metadata: {} };
  const fields = readFields(part, readElements);
  const title = fields.get('title');
  const authors = (fields.get('creator') ?? '').split(';').flatMap((author) => author.trim() || []);
  const date = fields.get('created') ?? fields.get('modified');
  const language = fields.get('language');
  return {
    ...(title !== undefined && !NO_TITLE.test(title) && { title }),
    metadata: {
      ...(authors.length > 0 && { authors }),
      ...(date !== undefined && { date }),
      ...(language !== undefined && { language }),
    },
  };
}

function readFields(part: Uint8Array, readElements: ReadElements): Map<string, string> {
  try {
    const [root] = readElements(decodeXml(part), (name) => name === 'coreProperties');
    return new Map(
      (root?.children ?? []).flatMap(({ name, text }) =>
        text.trim() === '' ? [] : [[name, text.replace(/\s+/g, ' ').trim()] as const],
      ),
    );
  } catch {
    return new Map();
  }
}
