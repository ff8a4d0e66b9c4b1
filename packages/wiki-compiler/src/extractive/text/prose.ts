/** Whether a paragraph is running text: what fails is not quoted and no name is looked for in it. */
import { countLetters } from './letters.ts';
import { isSpacedScript } from './script.ts';

/** Authors, year and venue of a list of references. */
const BIBLIOGRAPHY =
  /^(?:\[[\w+-]{1,12}\]|\d{1,3}\.)?\s?\p{Lu}[\p{L}'-]{1,30},\s(?:\p{Lu}\.[\s-]?){1,3}(?:,|&|and|\(\d{4})|\b(?:arXiv preprint|In Proceedings of|doi:|pp\. \d)/u;

/** Least share of letters in the characters other than spaces: below it there are tables, code or formulas. */
const LETTERS = 0.62;
const LETTERS_CJK = 0.5;

/** Characters that are judged. */
const JUDGED = 20_000;

export function isProse(paragraph: string): boolean {
  const text = paragraph.slice(0, JUDGED);
  const solid = text.replace(/\s/g, '');
  const letters = countLetters(text);
  if (!isSpacedScript(text)) return letters >= 5 && letters / solid.length >= LETTERS_CJK;
  const words = text.split(/\s+/);
  if (words.length < 5 || letters / solid.length < LETTERS) return false;
  const short = words.filter((word) => word.length <= 2).length;
  return short / words.length <= 0.5 && !BIBLIOGRAPHY.test(text);
}
