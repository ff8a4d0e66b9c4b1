import { linkText, rewriteLinks } from '../links.ts';

/** Markdown as a reader sees it: links as their labels, no images, no comments, no marks of emphasis. */
export function plainText(markdown: string): string {
  return rewriteLinks(markdown, linkText)
    .replace(/<!--(?:[^-]|-(?!->))*-->/g, '')
    .replace(/!\[[^[\]\n]*\]\([^()\n]*\)/g, '')
    .replace(/\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1')
    .replace(/\*{2,3}|(?<![\p{L}\p{N}])__|__(?![\p{L}\p{N}])/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
