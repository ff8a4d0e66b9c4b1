/**
 * Elements that the preparation of a page makes for what HTML has no element for. Their properties are numbers
 * under names that no attribute of a page can have, for those are lower case.
 */
import type { Element } from 'hast';

/** Stands between the blocks of a table cell. */
export const CELL_BREAK = 'cell-break';
/** A link to the heading of the same `headingNumber`. */
export const HEADING_LINK = 'heading-link';
/** The mark of a footnote in the text. */
export const FOOTNOTE_MARK = 'footnote-mark';
/** The text of a footnote. */
export const FOOTNOTE_TEXT = 'footnote-text';

export type NumberName = 'headingNumber' | 'footnoteNumber';

export function setNumber(element: Element, name: NumberName, number: number): void {
  element.properties[name] = number;
}

export function numberOf(element: Element, name: NumberName): number | undefined {
  const value = element.properties[name];
  return typeof value === 'number' ? value : undefined;
}
