/** Fenced blocks to their end, and code between backticks within a paragraph. */
const CODE =
  /(?:^|\n) {0,3}(`{3,}|~{3,})[^\n]*(?:\n(?! {0,3}\1)[^\n]*)*(?:\n[^\n]*|$)|(?<!`)(`{1,8})(?!`)(?:[^`\n]|\n(?!\n)|(?!(?<!`)\2(?!`))`)+(?<!`)\2(?!`)/g;

/** The Markdown with `edit` applied to what is no code. */
export function outsideCode(text: string, edit: (part: string) => string): string {
  let result = '';
  let position = 0;
  for (const match of text.matchAll(CODE)) {
    result += edit(text.slice(position, match.index)) + match[0];
    position = match.index + match[0].length;
  }
  return result + edit(text.slice(position));
}
