import type { Element, ElementContent, Root } from 'hast';

import { noteBody } from './footnote-body.ts';
import { findNotes, type Note } from './footnote-calls.ts';
import { eachElement, element, text, type Child } from './hast.ts';
import { FOOTNOTE_MARK, FOOTNOTE_TEXT, setNumber } from './made-elements.ts';
import { mapPage, type PageMap } from './page-map.ts';
import { replaceNodes } from './replace-nodes.ts';

/** Elements in which a footnote's text may stand as it does at the end of the page. */
const FLOW = new Set('html body div section article main aside footer header center'.split(' '));
const RAISED_BY = new Set('sup a span b strong i em small cite'.split(' '));

/**
 * Makes footnotes of the notes of a page, in place (see `findNotes`), numbered by their first marks. Their texts
 * stand where the list of notes stood, or at the page's end where that is no place for them.
 */
export function takeFootnotes(tree: Root): void {
  const map = mapPage(tree);
  const notes = findNotes(tree, map);
  if (notes.length === 0) return;
  const replaced = new Map<Child, ElementContent[]>();
  const numbers = new Map<Element, number>();
  for (const [index, { calls }] of notes.entries())
    for (const call of calls) numbers.set(call, index + 1);
  for (const [whole, calls] of marksOf(numbers, map))
    replaced.set(
      whole,
      calls.map((call) => markOf(numbers.get(call) ?? 0)),
    );
  const atEnd: ElementContent[] = [];
  for (const [list, held] of listsOf(notes, map)) {
    const texts = held.map((note) => {
      const made = numbered(FOOTNOTE_TEXT, numbers.get(note.calls[0]) ?? 0);
      made.children = noteBody(note, map);
      return made;
    });
    const parts = new Set<Child>();
    for (const { holder, term } of held) {
      parts.add(holder);
      if (term !== undefined) parts.add(term);
    }
    const isWhole = holdsNothingBut(list, parts);
    const host = isWhole ? hostOf(list, map) : undefined;
    if (host === undefined) for (const each of texts) atEnd.push(each);
    for (const part of isWhole ? [host ?? list] : parts) replaced.set(part, []);
    if (host !== undefined) replaced.set(host, texts);
  }
  eachElement(tree, (body, depth) => {
    if (depth === 2 && body.tagName === 'body') body.children = [...body.children, ...atEnd];
  });
  replaceNodes(tree, replaced);
}

/** Its text is what code, which is text alone, shows of it. */
function markOf(number: number): Element {
  const mark = numbered(FOOTNOTE_MARK, number);
  mark.children = [text(`[^${number}]`)];
  return mark;
}

function numbered(tagName: string, number: number): Element {
  const made = element(tagName);
  setNumber(made, 'footnoteNumber', number);
  return made;
}

/** The elements that show marks and nothing else, with the marks that they show. */
function marksOf(numbers: ReadonlyMap<Element, number>, map: PageMap): Map<Element, Element[]> {
  const calls = new Set(numbers.keys());
  const marks = new Map<Element, Element[]>();
  const showsMarks = new Map<Element, boolean>();
  for (const call of calls) {
    let whole = call;
    for (const around of map.ancestorsOf(call)) {
      const isWhole = showsMarks.get(around) ?? showsMarksAlone(around, calls);
      showsMarks.set(around, isWhole);
      if (!isWhole) break;
      whole = around;
    }
    const shown = marks.get(whole);
    if (shown === undefined) marks.set(whole, [call]);
    else shown.push(call);
  }
  return marks;
}

/** Whether nothing stands beside the marks, or, in raised text, only what divides them. */
function showsMarksAlone(around: Element, calls: ReadonlySet<Element>): boolean {
  if (!RAISED_BY.has(around.tagName)) return false;
  const beside = textBeside(around, calls);
  return around.tagName === 'sup' ? SEPARATORS.test(beside) : beside.trim() === '';
}

const SEPARATORS = /^[\s,;/.()[\]–-]*$/;

function textBeside(parent: Element, calls: ReadonlySet<Element>): string {
  return parent.children
    .map((child) => {
      if (child.type === 'text') return child.value;
      if (child.type !== 'element' || calls.has(child)) return '';
      return child.tagName === 'img' ? 'picture' : textBeside(child, calls);
    })
    .join('');
}

function listsOf(notes: readonly Note[], map: PageMap): Map<Element, Note[]> {
  const lists = new Map<Element, Note[]>();
  for (const note of notes) {
    const [list] = map.ancestorsOf(note.holder);
    if (list === undefined) continue;
    const held = lists.get(list) ?? [];
    lists.set(list, held);
    held.push(note);
  }
  return lists;
}

/** The list with the elements around it that hold nothing else, where footnotes may stand in its place. */
function hostOf(list: Element, map: PageMap): Element | undefined {
  let host = list;
  let isOnly = true;
  for (const around of map.ancestorsOf(list)) {
    if (!FLOW.has(around.tagName)) return undefined;
    isOnly &&= around.tagName !== 'body' && holdsNothingBut(around, new Set([host]));
    if (isOnly) host = around;
  }
  return host;
}

function holdsNothingBut(parent: Element, parts: ReadonlySet<Child>): boolean {
  return parent.children.every(
    (child) =>
      parts.has(child) ||
      (child.type === 'element' && child.tagName === 'hr') ||
      (child.type === 'text' && child.value.trim() === ''),
  );
}
