import type { Converter } from '../../converter.ts';
import { ImageStore } from '../../images/image-store.ts';
import { outlineOf } from '../../markdown/outline.ts';
import { pause } from '../../pause.ts';
import { readTextSource } from '../../text/read-text-source.ts';
import { titleFromName } from '../../text/title-from-name.ts';
import { readFrontMatter } from './front-matter.ts';
import { takeImages } from './take-images.ts';

const EXTENSIONS = ['.md', '.markdown'];

export const markdownConverter: Converter = {
  name: 'markdown',
  extensions: EXTENSIONS,
  // Markdown may hold HTML, and begin with it
  accepts: ({ kind, extension }) =>
    EXTENSIONS.includes(extension) && (kind === 'text' || kind === 'html' || kind === 'rtf'),
  async convert(source, { limits, signal }) {
    const { text, messages } = await readTextSource(source);
    await pause(signal);
    const front = readFrontMatter(text);
    const store = new ImageStore(limits);
    const markdown = takeImages(front?.body ?? text, source, store);
    await pause(signal);
    const outline = outlineOf(markdown);
    const heading = outline.find(({ level }) => level === 1) ?? outline[0];
    return {
      format: 'markdown',
      title: front?.title ?? heading?.title ?? titleFromName(source.name),
      markdown,
      images: store.images,
      outline,
      metadata: front?.metadata ?? {},
      messages: [...messages, ...store.messages()],
    };
  },
};
