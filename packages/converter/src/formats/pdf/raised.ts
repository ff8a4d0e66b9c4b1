/**
 * Raised numbers and signs, as exponents and the calls of footnotes are. In text they stand between two
 * marks, which are characters that no text has (Unicode's noncharacters), until it is rendered.
 */

const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';
const RAISED = /\uFDD0([^\uFDD1]*)\uFDD1/g;
/** One without the other stands at a place where a text was cut. */
const MARKS = /[\uFDD0\uFDD1]/g;
/** Numbers, also several, with a sign before; asterisks and daggers. */
const NUMBER_OR_SIGN = /^(?:[-−–]?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\)?|[*∗†‡§¶]{1,3})$/u;

/** The end of a text from `at` on as raised, when it is a number or sign and not a piece of a word. */
export function markRaised(text: string, at: number): string {
  const [before, raised] = [text.slice(0, at), text.slice(at)];
  const core = raised.trim();
  return NUMBER_OR_SIGN.test(core) ? `${before.trimEnd()}${OPEN}${core}${CLOSE}` : text;
}

/** Raised parts as HTML, which Markdown has no sign for. */
export function renderRaised(markdown: string): string {
  return markdown.replace(RAISED, '<sup>$1</sup>').replace(MARKS, '');
}

/** For titles, to which the call of a footnote does not belong. */
export function withoutRaised(text: string): string {
  return text.replace(RAISED, '').replace(MARKS, '');
}

/** For code, in which nothing is raised. */
export function lowerRaised(text: string): string {
  return text.replace(MARKS, '');
}
