import type { OfficePackage } from '../../ooxml/package.ts';
import { tolerant } from '../../ooxml/package.ts';
import { child, children } from '../../xml/find-elements.ts';

const GENERAL = 0;

/** The number format of each cell style: a code, or the number of a built-in one. */
export function readFormats(office: OfficePackage, path: string | undefined): (string | number)[] {
  const root = path === undefined ? undefined : tolerant(() => office.root(path));
  const codes = new Map(
    children(child(root, 'numFmts'), 'numFmt').map(
      ({ attributes }) => [attributes['numFmtId'], attributes['formatCode'] ?? ''] as const,
    ),
  );
  return children(child(root, 'cellXfs'), 'xf').map(({ attributes }) => {
    const id = attributes['numFmtId'];
    const code = codes.get(id);
    if (code !== undefined && code !== '') return /^general$/i.test(code) ? GENERAL : code;
    return Number(id ?? GENERAL) || GENERAL;
  });
}
