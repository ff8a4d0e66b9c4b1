import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

import { nodesOf } from '../../src/html-to-markdown/mdast.ts';
import { markdownBlocks } from '../../src/markdown/blocks.ts';

const parser = unified().use(remarkParse).use(remarkGfm);

/** Links within the text that lead to none of its headings, and links without an address. */
export function deadLinks(markdown: string): string[] {
  const { headings, prose } = markdownBlocks(markdown);
  const words = new Set(headings.map(({ text }) => asObsidian(text)));
  const text = prose.map(([start, end]) => markdown.slice(start, end)).join('\n');
  // the printer leaves no `](` that is not part of a link
  return [...text.matchAll(/(?<!\\)\]\((#[^)]*|)\)/g)].flatMap(([, url = '']) => {
    if (url === '') return ['(no address)'];
    return words.has(asObsidian(decodeURIComponent(url.slice(1)))) ? [] : [url];
  });
}

/** Labels of the footnotes that the text calls, and of those that it has. */
export function footnotes(markdown: string): { called: string[]; given: string[] } {
  const nodes = nodesOf(parser.parse(markdown));
  return {
    called: nodes.flatMap((node) => (node.type === 'footnoteReference' ? [node.identifier] : [])),
    given: nodes.flatMap((node) => (node.type === 'footnoteDefinition' ? [node.identifier] : [])),
  };
}

/** What Obsidian compares of a heading's line and of a link: words without case, punctuation as space. */
function asObsidian(heading: string): string {
  const words = heading.replace(/[!"#$%&()*+,.:;<=>?@^`{|}~/[\]\\]/g, ' ');
  return words.replace(/\s+/g, ' ').trim().toLowerCase();
}
