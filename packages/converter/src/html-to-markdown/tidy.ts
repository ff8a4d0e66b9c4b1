/** The printer writes a space at the edge of a line as a character reference; a literal one is escaped. */
export function tidyMarkdown(markdown: string): string {
  return markdown.replace(/(?<!\\)&#x20;/g, ' ').replace(/^\n+/, '');
}
