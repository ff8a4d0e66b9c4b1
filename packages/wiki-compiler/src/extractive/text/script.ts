/** Scripts written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Languages whose words `Intl.Segmenter` finds, because no spaces mark them. */
const UNSPACED_LANGUAGES: ReadonlySet<string> = new Set([
  'zh',
  'ja',
  'th',
  'lo',
  'km',
  'my',
  'yue',
]);

export function isSpacedLanguage(language: string): boolean {
  return !UNSPACED_LANGUAGES.has(language);
}

/** Whether most of a text is in a script with spaces; looks at the first 2,000 characters. */
export function isSpacedScript(text: string): boolean {
  const sample = text.slice(0, 2000);
  return (sample.match(UNSPACED)?.length ?? 0) * 3 < sample.length;
}
