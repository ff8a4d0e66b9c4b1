import type { OutlineEntry } from '../document.ts';
import { markdownBlocks } from './blocks.ts';
import { headingText } from './heading-text.ts';

/** The headings of a Markdown text that are not in code, comments, lists or quotations. */
export function outlineOf(markdown: string): OutlineEntry[] {
  return markdownBlocks(markdown).headings.flatMap(({ level, text }) => {
    const title = headingText(text);
    return title === '' ? [] : [{ title, level }];
  });
}
