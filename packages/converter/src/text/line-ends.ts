/** `\r\n` and lone `\r` become `\n`. */
export function withUnixLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
