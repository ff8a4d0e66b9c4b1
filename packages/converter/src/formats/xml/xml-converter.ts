/** XML of any kind: readable, bounded. Entities are never expanded. A text that is no XML is shown as it is. */
import type { Converter } from '../../converter.ts';
import { dataToMarkdown } from '../../data/to-markdown.ts';
import type { ConversionMessage } from '../../document.ts';
import { makeDocument } from '../../make-document.ts';
import { fenced } from '../../markdown/fenced.ts';
import { pause } from '../../pause.ts';
import { decodeText } from '../../text/charset.ts';
import { withUnixLineEnds } from '../../text/line-ends.ts';
import { undecodable } from '../../text/read-text-source.ts';
import { declaredCharset } from '../html/declared-charset.ts';
import { readXmlNode } from './xml-node.ts';

export const xmlConverter: Converter = {
  name: 'xml',
  extensions: ['.xml'],
  accepts: ({ kind, extension, source }) =>
    kind === 'text' &&
    (extension === '.xml' || (isUnnamed(extension) && beginsAsXml(source.bytes))),
  async convert({ name, bytes }, { limits, signal }) {
    const { text: decoded, exact, charset } = await decodeText(bytes, declaredCharset(bytes));
    const text = withUnixLineEnds(decoded);
    const messages = exact ? [] : [undecodable(charset)];
    await pause(signal);
    try {
      const { node, title, unknownEntities } = await readXmlNode(text, {
        values: limits.cells,
        signal,
      });
      const written = dataToMarkdown(node, { values: limits.cells });
      return makeDocument({
        format: 'xml',
        name,
        markdown: written.markdown,
        title,
        headingsAreParts: true,
        messages: [...messages, ...written.messages, ...(unknownEntities > 0 ? [ENTITIES] : [])],
      });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return makeDocument({
        format: 'xml',
        name,
        markdown: fenced(text, 'xml'),
        messages: [...messages, notWellFormed(error)],
      });
    }
  },
};

/** Whatever XML is called by a name of its own: `.rss`, `.opml`, `.dita`. What readers of Markdown call text stays it. */
function isUnnamed(extension: string): boolean {
  return !/^\.(?:md|markdown|txt|text|html?|xhtml|csv|tsv|json|jsonl|ndjson|ipynb|svg|)$/.test(
    extension,
  );
}

function beginsAsXml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString(
    'latin1',
  );
  return /^(?:ï»¿)?<\?xml\s/.test(head);
}

const ENTITIES: ConversionMessage = {
  level: 'info',
  code: 'entities-kept',
  text: 'The text has entities of its own: they are never expanded, and shown as they are written.',
};

function notWellFormed(error: unknown): ConversionMessage {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    level: 'warning',
    code: 'not-well-formed',
    text: `The text is no well-formed XML (${reason.replace(/\.$/, '')}): it is shown as it is.`,
  };
}
