import type { Line } from '../model.ts';
import type { HyphenJoiner } from './hyphens.ts';

/** The words of lines in one row, those that a line's end breaks joined. */
export function joinLines(lines: readonly Line[], hyphens: HyphenJoiner): string {
  const parts: string[] = [];
  let broken = false;
  for (const line of lines) {
    const last = parts.at(-1);
    if (last === undefined) parts.push(line.text);
    else if (broken) parts.push(hyphens.join(parts.pop() ?? '', line.text));
    else if (/\p{Ll}[-‐]$/u.test(last) && /^\p{Ll}/u.test(line.text))
      parts.push(hyphens.join((parts.pop() ?? '').slice(0, -1), line.text));
    else parts.push(joint(last, line.text), line.text);
    broken = line.hyphen;
  }
  return parts.join('') + (broken ? '-' : '');
}

const SPACELESS_END =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，！？：；）」』]$/u;
const SPACELESS_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，（「『]/u;
/** `737–|8` and `https://|example.org` are one word. */
const UNBROKEN = /[\p{L}\p{N}][–—]$|(?:https?:\/\/|www\.)\S*[/.?&=_]$/u;

/** Chinese and Japanese are written without spaces between words, so a line's end is none either. */
function joint(before: string, after: string): string {
  if (UNBROKEN.test(before)) return '';
  return SPACELESS_END.test(before) && SPACELESS_START.test(after) ? '' : ' ';
}
