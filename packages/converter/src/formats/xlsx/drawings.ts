import { escapeInline } from '../../markdown/escape.ts';
import { gfmTable, tableCell } from '../../markdown/table.ts';
import { readChart } from '../../ooxml/chart.ts';
import { relationOf, tolerant, type Relationship } from '../../ooxml/package.ts';
import { altOf, takePicture, type PictureStore } from '../../ooxml/take-picture.ts';
import type { SheetObject } from '../../spreadsheet/model.ts';
import { at, child, descendants } from '../../xml/find-elements.ts';
import type { XmlElement } from '../../xml/read-xml.ts';

/** Pictures, charts and text boxes of a sheet (ECMA-376 part 1, 20.5) at the cells to which they are tied. */
export function readDrawing(path: string, pictures: PictureStore): SheetObject[] {
  const root = tolerant(() => pictures.office.root(path));
  const relationships = pictures.office.relationships(path);
  return (root?.children ?? []).flatMap((anchor) => {
    const from = child(anchor, 'from');
    const [row, column] = ['row', 'col'].map((name) => Number(child(from, name)?.text ?? 0) || 0);
    const markdown = objectToMarkdown(anchor, relationships, pictures);
    return markdown === '' ? [] : [{ row: row ?? 0, column: column ?? 0, markdown }];
  });
}

function objectToMarkdown(
  anchor: XmlElement,
  relationships: ReadonlyMap<string, Relationship>,
  pictures: PictureStore,
): string {
  const shown = [
    ...descendants(anchor, 'pic').map((picture) => {
      const address = takePicture(picture, relationships, pictures);
      return address === undefined ? '' : `![${pictureAlt(picture)}](${address})\n`;
    }),
    ...descendants(anchor, 'chart').map((reference) => {
      const part = relationOf(reference, 'id', relationships);
      const root = part && tolerant(() => pictures.office.root(part.target));
      return root === undefined ? '' : chartToMarkdown(root);
    }),
    ...descendants(anchor, 'sp').map((shape) => textOf(at(shape, 'txBody'))),
  ];
  return shown.filter((markdown) => markdown !== '').join('\n');
}

export function pictureAlt(picture: XmlElement): string {
  return escapeInline(altOf(picture)).replace(/[[\]]/g, '\\$&');
}

function chartToMarkdown(root: XmlElement): string {
  const { title, rows } = readChart(root);
  const head = title === undefined ? '' : `Chart: ${escapeInline(title)}\n`;
  const table = gfmTable(rows.map((row) => row.map((cell) => tableCell(escapeInline(cell)))));
  return [head, table].filter((part) => part !== '').join('\n');
}

function textOf(body: XmlElement | undefined): string {
  const paragraphs = descendants(body, 'p').map((paragraph) =>
    descendants(paragraph, 't')
      .map(({ text }) => text)
      .join(''),
  );
  const filled = paragraphs.filter((text) => /\S/.test(text));
  return filled.map((text) => `${escapeInline(text.trim())}\n`).join('\n');
}
