/** JSON and lines of JSON: readable, bounded. A text that is no JSON is shown as it is. */
import type { Converter } from '../../converter.ts';
import { dataToMarkdown } from '../../data/to-markdown.ts';
import type { ConversionMessage } from '../../document.ts';
import { makeDocument } from '../../make-document.ts';
import { fenced } from '../../markdown/fenced.ts';
import { pause } from '../../pause.ts';
import { readTextSource } from '../../text/read-text-source.ts';
import { parseJson, toNode } from './parse-json.ts';

const EXTENSIONS = ['.json', '.jsonl', '.ndjson'];

export const jsonConverter: Converter = {
  name: 'json',
  extensions: EXTENSIONS,
  accepts: ({ kind, extension }) => kind === 'text' && EXTENSIONS.includes(extension),
  async convert(source, { limits, signal }) {
    const { text, messages } = await readTextSource(source);
    await pause(signal);
    const value = parseJson(text);
    await pause(signal);
    if (value === undefined)
      return makeDocument({
        format: 'json',
        name: source.name,
        markdown: fenced(text, ''),
        messages: [...messages, NO_JSON],
      });
    const written = dataToMarkdown(toNode(value), { values: limits.cells });
    return makeDocument({
      format: 'json',
      name: source.name,
      markdown: written.markdown,
      title: titleOf(value),
      headingsAreParts: true,
      messages: [...messages, ...written.messages],
    });
  },
};

const NO_JSON: ConversionMessage = {
  level: 'warning',
  code: 'not-well-formed',
  text: 'The text is no valid JSON: it is shown as it is.',
};

function titleOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { title } = value as Readonly<Record<string, unknown>>;
  return typeof title === 'string' && /\S/.test(title) && title.length <= 120
    ? title.replace(/\s+/g, ' ').trim()
    : undefined;
}
