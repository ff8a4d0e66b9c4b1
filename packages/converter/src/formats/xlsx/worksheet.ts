import { relationOf, type Relationship } from '../../ooxml/package.ts';
import type { PictureStore } from '../../ooxml/take-picture.ts';
import { cellRange, type Sheet, type SheetObject } from '../../spreadsheet/model.ts';
import { spellOutMerges } from '../../spreadsheet/spell-out-merges.ts';
import { decodeXml } from '../../xml/decode-xml.ts';
import { readComments } from './comments.ts';
import { readDrawing } from './drawings.ts';
import { readSheet, type SheetReading } from './read-sheet.ts';
import type { SheetPart } from './workbook.ts';

const MOST_LINKS = 100_000;

interface Beside {
  readonly pictures: PictureStore;
  readonly people: ReadonlyMap<string, string>;
}

/** A worksheet, or a sheet that is a chart, with what its parts hold. */
export async function readWorksheet(
  { name, path, type }: SheetPart,
  reading: SheetReading,
  { pictures, people }: Beside,
): Promise<Sheet & { readonly formulas: number }> {
  const { office } = pictures;
  const bytes = office.files.get(path);
  const relationships = office.relationships(path);
  const xml = bytes === undefined || type === 'dialogsheet' ? '<none/>' : decodeXml(bytes);
  const sheet = await readSheet(xml, reading, linksOf(xml, relationships));
  spellOutMerges(sheet.rows, sheet.merges);
  const objects: SheetObject[] = sheet.drawings.flatMap((attributes) => {
    const relation = relationOf(
      { name: 'drawing', attributes, children: [], text: '', start: 0, end: 0 },
      'id',
      relationships,
    );
    return relation === undefined || relation.external
      ? []
      : readDrawing(relation.target, pictures);
  });
  return {
    name,
    rows: sheet.rows,
    merges: sheet.merges,
    objects,
    comments: readComments(office, relationships, people),
    formulas: sheet.formulas,
  };
}

/** Addresses by row and column. They stand after the cells in the part, so they are looked up first. */
function linksOf(
  xml: string,
  relationships: ReadonlyMap<string, Relationship>,
): Map<string, string> {
  const links = new Map<string, string>();
  const start = xml.lastIndexOf('<hyperlinks');
  if (start < 0) return links;
  for (const [, attributes = ''] of xml.slice(start).matchAll(/<(?:\w+:)?hyperlink\s([^<>]*)>/g)) {
    const id = /(?:^|\s)\w+:id="([^"]*)"/.exec(attributes)?.[1];
    const range = cellRange(/(?:^|\s)ref="([^"]*)"/.exec(attributes)?.[1] ?? '');
    const relation = id === undefined ? undefined : relationships.get(id);
    if (range === undefined || relation?.external !== true) continue;
    for (let row = range.top; row <= range.bottom; row += 1)
      for (let column = range.left; column <= range.right; column += 1) {
        if (links.size >= MOST_LINKS) return links;
        links.set(`${row} ${column}`, relation.target);
      }
  }
  return links;
}
