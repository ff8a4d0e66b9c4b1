/**
 * Escapes what Markdown would take out of plain words: tags, emphasis, code, links and references.
 * Characters that are harmless where they stand (`_` within a word, a lone `*` between spaces) stay.
 */
export function escapeInline(text: string): string {
  if (!/[\\`*_<&[~]/.test(text)) return text;
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replaceAll('`', '\\`')
    .replace(/(?<=\S)\*|\*(?=\S)/g, '\\*')
    .replace(/(?<![\p{L}\p{N}_\\])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}_])/gu, '\\_')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?\w{1,31};)/g, '\\&')
    .replace(/\[(?=[^\][]*\](?:\(|:))/g, '\\[')
    .replace(/\[(?=\[)/g, '\\[')
    .replace(/~(?=~)/g, '\\~');
}

/** Escapes what would make a paragraph's first line a heading, a list item, a quotation, a rule or a fence. */
export function escapeBlockStart(line: string): string {
  return line
    .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
    .replace(/^(?:>|[-+*](?=\s|$)|-(?=-{2,}\s*$))/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(?=~~~|={3,}\s*$|\|)/, '\\');
}
