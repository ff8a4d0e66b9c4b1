import { linkText, rewriteLinks } from '../links.ts';

/** Markdown as a reader sees it: links as their labels, no images, no comments, no marks of emphasis. */
export function plainText(markdown: string): string {
  return withoutComments(rewriteLinks(markdown, linkText))
    .replace(/!\[[^[\]\n]*\]\([^()\n]*\)/g, '')
    .replace(/\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1')
    .replace(/\*{2,3}|(?<![\p{L}\p{N}])__|__(?![\p{L}\p{N}])/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .replaceAll(' \n', '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function withoutComments(text: string): string {
  let result = '';
  let position = 0;
  for (;;) {
    const start = text.indexOf('<!--', position);
    const end = start === -1 ? -1 : text.indexOf('-->', start + 4);
    if (end === -1) return result + text.slice(position);
    result += text.slice(position, start);
    position = end + 3;
  }
}
