/** A conversation as the body of a page: a section for each question, with the answer. */
import { outsideCode } from '../query/outside-code.ts';
import { shortQuestion } from '../query/short-question.ts';
import type { Turn } from './session.ts';

/** Markdown; its links are still to be checked. */
export const transcript = (turns: readonly Turn[]): string =>
  turns
    .map(
      ({ question, answer }, i) =>
        `## [${i + 1}] ${heading(question)}\n\n${body(question, answer)}`,
    )
    .join('\n\n');

/** One line in which nothing begins what the line does not end. */
const heading = (question: string): string =>
  shortQuestion(question).replace(/[\\`*_[\]#|]/g, (mark) => `\\${mark}`);

function body(question: string, answer: string): string {
  const whole = question.trim();
  const text = answer.trim() === '' ? '(no answer was kept)' : closed(deeper(answer.trim()));
  if (shortQuestion(whole) === whole) return text;
  // what the heading does not show: quoted as text, whatever its marks
  const lines = whole.split(/\r\n?|\n/).map((line) => `>     ${line}`.trimEnd());
  return `${lines.join('\n')}\n\n${text}`;
}

/** Headings of an answer below that of its question. */
const deeper = (answer: string): string =>
  outsideCode(answer, (part) => part.replace(/^( {0,3}#{1,4})(?=[ \t])/gm, '$1##'));

/** An answer that was cut off within code ends it, so that the next question is none. */
function closed(answer: string): string {
  let fence = '';
  for (const line of answer.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence) && /^\s*[`~]+\s*$/.test(line)) fence = '';
  }
  return fence === '' ? answer : `${answer}\n${fence}`;
}
