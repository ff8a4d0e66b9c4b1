/**
 * Plain text as Markdown with the fewest changes: only what a reader of Markdown would not see is escaped,
 * tags and comments. Line ends, indentation, headings and lists that the author drew stay as they are.
 */
export function markdownSafe(text: string): string {
  const escaped = text.includes('<')
    ? text.replace(/<(?=[A-Za-z/!?])(?!(?:https?|mailto|ftp):)/g, '\\<')
    : text;
  return closeFences(escaped);
}

/** An open fence would swallow the rest of the text: it is escaped. */
function closeFences(text: string): string {
  const fences = [...text.matchAll(/^ {0,3}(?:```|~~~)/gm)];
  const last = fences.at(-1);
  if (last === undefined || fences.length % 2 === 0) return text;
  const at = last.index + last[0].length - 3;
  return `${text.slice(0, at)}\\${text.slice(at)}`;
}
