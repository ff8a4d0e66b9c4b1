/** Quoted words as Markdown that shows them unchanged, and back. */

/** Escapes what would be a link, emphasis, code, HTML or a block mark. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]<~]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w{1,10};)/g, '\\&')
    .replace(/^(?=[#>+-](?:\s|$)|#{2,6}\s)/, '\\')
    .replace(/^(\d{1,9})(?=[.)]\s)/, '$1\\');
}

/** The inverse of `escapeMarkdown`. */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
