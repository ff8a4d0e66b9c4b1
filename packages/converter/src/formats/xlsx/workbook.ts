import { relationOf, type OfficePackage, type Relationship } from '../../ooxml/package.ts';
import { child, children } from '../../xml/find-elements.ts';

export interface SheetPart {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly hidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly SheetPart[];
  /** Days are counted from 1904, as old Macintosh programs did. */
  readonly date1904: boolean;
  /** Paths of the parts. */
  readonly strings: string | undefined;
  readonly styles: string | undefined;
  readonly relationships: ReadonlyMap<string, Relationship>;
}

/** `undefined` when the package has no workbook. */
export function readWorkbook(office: OfficePackage): Workbook | undefined {
  const path = office.main ?? 'xl/workbook.xml';
  const root = office.root(path);
  if (root === undefined) return undefined;
  const relationships = office.relationships(path);
  const partOf = (type: string): string | undefined =>
    [...relationships.values()].find((one) => one.type === type && !one.external)?.target;
  const date1904 = child(root, 'workbookPr')?.attributes['date1904'] ?? '0';
  return {
    sheets: children(child(root, 'sheets'), 'sheet').flatMap((sheet) => {
      const relation = relationOf(sheet, 'id', relationships);
      if (relation === undefined || relation.external) return [];
      return [
        {
          name: sheet.attributes['name'] ?? '',
          path: relation.target,
          type: relation.type,
          hidden: /hidden/i.test(sheet.attributes['state'] ?? ''),
        },
      ];
    }),
    date1904: date1904 === '1' || date1904 === 'true',
    strings: partOf('sharedStrings'),
    styles: partOf('styles'),
    relationships,
  };
}
