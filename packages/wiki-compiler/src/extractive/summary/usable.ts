/** Sentences that can be read alone: the only ones that a summary or a page quotes. */
import { isFormula } from '../concepts/definitions.ts';
import type { Language, Sentence } from '../shapes.ts';
import { countLetters } from '../text/letters.ts';

const CAPTION = /^(?:figure|fig\.|table|listing|equation|abbildung|tabelle|图|表)\s?\d/i;
const LEAST_LETTERS = 0.68;

/** 7 to 48 words (12 to 150 characters without spaces), whole, no formula, no caption, not from the back matter. */
export function isUsable(sentence: Sentence, language: Language): boolean {
  const { text, tokens } = sentence;
  if (!sentence.prose || sentence.back || isFormula(text) || CAPTION.test(text)) return false;
  if (/^(?:zh|ja|th)/.test(language))
    return text.length >= 12 && text.length <= 150 && /[。！？.!?]["'）)]?$/.test(text);
  if (tokens.length < 7 || tokens.length > 48 || text.length > 450) return false;
  if (!/[.!?…؟۔।]["')\]]?$/.test(text) || !/^["'([]?[\p{Lu}\p{Lo}\d]/u.test(text)) return false;
  if (/https?:|www\.|@|[{}|\\]|_\w|\.\.\.|\?$/.test(text)) return false;
  const solid = text.replace(/\s/g, '');
  return countLetters(text) >= LEAST_LETTERS * solid.length;
}
