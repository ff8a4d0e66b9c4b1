import { escapeHtml } from '../../html-to-markdown/escape-html.ts';
import { relationOf, tolerant, type OfficePackage } from '../../ooxml/package.ts';
import { at, child, children } from '../../xml/find-elements.ts';
import type { XmlElement } from '../../xml/read-xml.ts';
import { bodyToHtml, type TextContext } from './text-body.ts';

/** A table of a slide (ECMA-376 part 1, 21.1.3). */
export function tableToHtml(table: XmlElement, context: TextContext): string {
  const rows = children(table, 'tr').map((row) => {
    const cells = children(row, 'tc').flatMap((cell) => {
      const { hMerge, vMerge, gridSpan = '1', rowSpan = '1' } = cell.attributes;
      if (isOn(hMerge) || isOn(vMerge)) return [];
      const content = bodyToHtml(child(cell, 'txBody'), context);
      return [
        `<td colspan="${escapeHtml(gridSpan)}" rowspan="${escapeHtml(rowSpan)}">${content}</td>`,
      ];
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** The root of the part that a frame shows as a chart. */
export function chartOf(
  frame: XmlElement,
  office: OfficePackage,
  { relationships }: TextContext,
): XmlElement | undefined {
  const reference = at(frame, 'graphic', 'graphicData', 'chart');
  const relation = reference && relationOf(reference, 'id', relationships);
  return relation && tolerant(() => office.root(relation.target));
}
