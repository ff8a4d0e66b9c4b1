/** Lines to groups: one group per paragraph, list item, heading, table row or piece of code. */
import type { Line } from '../model.ts';
import { isReference, listMark } from './list-marks.ts';
import type { BodyStyle } from './statistics.ts';

/** More than so many usual distances between baselines part paragraphs. */
const WIDE_LEADING = 1.25;
const INDENT = 0.8;
const MAXIMUM_INDENT = 6;
/** A line that leaves so much of its column free has ended its paragraph. */
const SHORT_SHARE = 0.12;
export const SENTENCE_END = /[.!?:;。！？؟…]["'”’»)\]]*(?:\d{0,2}|\uFDD0[^\uFDD1]*\uFDD1)$/;

export function groupLines(lines: readonly Line[], body: BodyStyle): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group !== undefined && goesOn(group, line, body)) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

function goesOn(group: readonly Line[], next: Line, body: BodyStyle): boolean {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return false;
  if (last.table || next.table) return last.table === next.table;
  if (isCode(last, body) || isCode(next, body))
    return isCode(last, body) && isCode(next, body) && isNear(last, next, body, 2.2);
  if (isRow(last) || isRow(next)) return isRow(last) && isRow(next) && isNear(last, next, body, 3);
  if (last.hyphen) return true;
  if (startsItem(next, last)) return false;
  if (!sameStyle(last, next)) return false;
  if (next.column !== last.column || next.y > last.y) return flowsOver(last, next);
  if (!isNear(last, next, body, WIDE_LEADING)) return false;
  if (endsShort(last) && SENTENCE_END.test(last.text) && /^[\p{Lu}\p{N}"“(]/u.test(next.text))
    return false;
  return !isIndented(group, next);
}

/** A line of code stands alone in its style; a document that is all typewriter has none. */
export function isCode(line: Line, body: BodyStyle): boolean {
  return line.monospaced && !body.monospaced;
}

/** A table's row, as far as lines show it. */
export function isRow(line: Line): boolean {
  return line.cells >= 3 || (line.cells === 2 && line.x1 - line.x0 > 0 && line.text.length < 80);
}

function startsItem(next: Line, last: Line): boolean {
  if (isReference(next.text)) return true;
  const mark = listMark(next.text);
  if (mark === undefined) return false;
  // "in 1998.| 2. The ..." at the margin of running text is an item, "see fig.|(a) shows" in its midst is not
  return (
    mark.mark === '-' ||
    Math.abs(next.x0 - last.x0) > 1 ||
    SENTENCE_END.test(last.text) ||
    listMark(last.text) !== undefined ||
    endsShort(last)
  );
}

function sameStyle(a: Line, b: Line): boolean {
  const difference = Math.abs(a.size - b.size) / Math.max(a.size, b.size);
  if (a.bold === b.bold && difference <= 0.09) return true;
  // small capitals or bold words in the midst of a sentence can fill a line
  return endsMidSentence(a) && difference <= (a.bold === b.bold ? 0.25 : 0.05);
}

function endsMidSentence(line: Line): boolean {
  return !endsShort(line) && !SENTENCE_END.test(line.text);
}

function isNear(last: Line, next: Line, body: BodyStyle, factor: number): boolean {
  const gap = last.y - next.y;
  return (
    gap <= Math.max(last.size, next.size) * body.leading * factor + 0.5 && gap > -0.5 * next.size
  );
}

/** Text that goes on at the top of the next column. */
function flowsOver(last: Line, next: Line): boolean {
  return !SENTENCE_END.test(last.text) && !endsShort(last) && /^[\p{Ll}(]/u.test(next.text);
}

function endsShort(line: Line): boolean {
  return line.right - line.x1 > (line.right - line.left) * SHORT_SHARE;
}

function isIndented(group: readonly Line[], next: Line): boolean {
  const first = group[0] as Line;
  const last = group.at(-1) as Line;
  const step = (next.x0 - last.x0) / next.size;
  const hangs = listMark(first.text) !== undefined || isReference(first.text);
  if (step > INDENT && step < MAXIMUM_INDENT)
    return !(hangs && group.length === 1) && !isCentred(last, next);
  // back to where a hanging first line began: the next entry
  if (step < -INDENT && group.length >= 2 && !hangs)
    return Math.abs(next.x0 - first.x0) < next.size * 0.5 && first.x0 < last.x0 - next.size * 0.5;
  return false;
}

function isCentred(a: Line, b: Line): boolean {
  return Math.abs(a.x0 + a.x1 - (b.x0 + b.x1)) < a.size && a.x1 > b.x1;
}
