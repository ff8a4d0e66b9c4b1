/** How many letters, marks included, a text has. Most texts are plain, and a pattern would make a list of them all. */
export function countLetters(text: string): number {
  let count = 0;
  let other = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) other = true;
    else if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) count += 1;
  }
  if (!other) return count;
  return count + (text.replace(/[ -~\s]+/g, '').match(/[\p{L}\p{M}]/gu)?.length ?? 0);
}
