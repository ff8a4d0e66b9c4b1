/** Characters of a token, by script: Markdown, and ideographs and kana with their punctuation. */
const MARKDOWN = 3.9;
const IDEOGRAPHIC = 1.25;

const IDEOGRAPHS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/gu;

/** About how many tokens a text is, without a tokenizer. */
export function estimateTokens(text: string): number {
  const ideographs = text.match(IDEOGRAPHS)?.length ?? 0;
  return Math.ceil(ideographs / IDEOGRAPHIC + (text.length - ideographs) / MARKDOWN);
}
