/**
 * Undoes what the printer escapes to no purpose: a space at the edge of a line as a character reference (a
 * literal one is escaped), and `&` in an address where no reference follows.
 */
export function tidyMarkdown(markdown: string): string {
  return markdown
    .replace(/(?<!\\)&#x20;/g, ' ')
    .replace(/\]\([^\s()<>]*\\&[^\s()<>]*/g, (link) => link.replace(/\\&(?!#?\w+;)/g, '&'))
    .replace(/^\n+/, '');
}
