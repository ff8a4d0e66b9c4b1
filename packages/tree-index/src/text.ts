/** Small measures of text that several kinds of evidence share. */

const PRINTABLE_ASCII = /^[ -~]*$/;
const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/gu;

/** Estimated model tokens: a quarter of the characters, and one for each wide (CJK) character. */
export const estimateTokens = (text: string): number => {
  const wide = text.match(WIDE)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / 4);
};

/** Letters and digits only, in lower case: two spellings of one title have the same key. */
export const keyOf = (text: string): string =>
  PRINTABLE_ASCII.test(text)
    ? text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '')
    : text
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** A title as people read it: one line, no control characters, no Markdown emphasis or links. */
export const cleanTitle = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\ufffd\s]+/gu, ' ')
    .replaceAll(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    .replaceAll(/(\*\*|__|`)(.+?)\1/g, '$2')
    .replace(/^\*([^*]+)\*$/, '$1')
    .trim();

/** At most `limit` characters, cut at a space where there is one, with an ellipsis. */
export const shorten = (text: string, limit: number): string => {
  const characters = Array.from(text);
  if (characters.length <= limit) return text;
  const cut = characters.slice(0, limit - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
};
