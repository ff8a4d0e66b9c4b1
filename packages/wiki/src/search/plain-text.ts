import { linkText, rewriteLinks } from '../links.ts';

/** Markdown as a reader sees it: links as their labels, no images, no comments, no marks of emphasis. */
export function plainText(markdown: string): string {
  return singleSpaced(withoutMarks(withoutComments(rewriteLinks(markdown, linkText))))
    .replaceAll(' \n', '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Runs of white space within a line as one space each. */
function singleSpaced(text: string): string {
  return text.includes('  ') || /[^\S\n ]/.test(text) ? text.replace(/[^\S\n]+/g, ' ') : text;
}

/** Most texts have neither kind of marks, which a plain search sees at once. */
function withoutMarks(text: string): string {
  const unlinked = text.includes('](')
    ? text.replace(/!\[[^[\]\n]*\]\([^()\n]*\)/g, '').replace(/\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1')
    : text;
  return unlinked.includes('**') || unlinked.includes('__')
    ? unlinked.replace(/\*{2,3}|(?<![\p{L}\p{N}])__|__(?![\p{L}\p{N}])/gu, '')
    : unlinked;
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
