import type { Converter } from '../../converter.ts';
import { outlineOf } from '../../markdown/outline.ts';
import { pause } from '../../pause.ts';
import { readTextSource } from '../../text/read-text-source.ts';
import { titleFromName } from '../../text/title-from-name.ts';
import { markdownSafe } from './markdown-safe.ts';

const EXTENSIONS = ['.txt', '.text'];
const LONGEST_TITLE = 120;

export const textConverter: Converter = {
  name: 'text',
  extensions: EXTENSIONS,
  // README, LICENSE and the like have no ending
  accepts: ({ kind, extension }) =>
    (kind === 'text' && (EXTENSIONS.includes(extension) || extension === '')) ||
    (kind === 'html' && EXTENSIONS.includes(extension)),
  async convert(source, { signal }) {
    const { text, messages } = await readTextSource(source);
    await pause(signal);
    const markdown = markdownSafe(text);
    await pause(signal);
    return {
      format: 'text',
      title: firstLine(text) ?? titleFromName(source.name),
      markdown,
      images: [],
      outline: outlineOf(markdown),
      metadata: {},
      messages,
    };
  },
};

/** The first line with words, if it is short enough for a title. */
function firstLine(text: string): string | undefined {
  const start = text.search(/[\p{L}\p{N}]/u);
  if (start < 0) return undefined;
  const from = text.lastIndexOf('\n', start) + 1;
  const end = text.indexOf('\n', start);
  const line = text
    .slice(from, Math.min(end < 0 ? text.length : end, from + LONGEST_TITLE + 1))
    .trim()
    .replace(/^#{1,6}\s+|\s+#+$/g, '');
  return line.length > LONGEST_TITLE ? undefined : line;
}
