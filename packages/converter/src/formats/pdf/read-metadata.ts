import type { DocumentMetadata } from '../../document.ts';
import { readUtf16, withMemory } from './memory.ts';
import type { PdfFile } from './pdf-file.ts';

export interface PdfMetadata extends DocumentMetadata {
  /** As stated, which is often a file name or a template's. */
  readonly title: string;
}

export function readMetadata(file: PdfFile): PdfMetadata {
  const { pdfium, handle } = file;
  const authors = splitAuthors(readField(file, 'Author'));
  const date = isoDate(readField(file, 'CreationDate'));
  const language = readUtf16(pdfium, (buffer, size) =>
    pdfium.calls.FPDFCatalog_GetLanguage(handle, buffer, size),
  );
  return {
    title: readField(file, 'Title').replace(/\s+/g, ' '),
    ...(authors.length > 0 && { authors }),
    ...(date !== undefined && { date }),
    ...(/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(language) && { language }),
  };
}

function readField({ pdfium, handle }: PdfFile, field: string): string {
  const tag = Buffer.from(`${field}\0`, 'latin1');
  return withMemory(pdfium, tag.length, (pointer) => {
    pdfium.bytes().set(tag, pointer);
    return readUtf16(pdfium, (buffer, size) =>
      pdfium.calls.FPDF_GetMetaText(handle, pointer, buffer, size),
    );
  });
}

/** `A; B`, `A, B` and `A and B`; a comma inside a name (`Doe, Jane; Roe, John`) is kept where `;` parts the names. */
export function splitAuthors(field: string): string[] {
  const parts = field.includes(';') ? field.split(';') : field.split(/,|\s+and\s+|\s+&\s+/);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** `D:20240131120000+01'00'` as `2024-01-31T12:00:00+01:00`, shorter where less is stated. */
export function isoDate(field: string): string | undefined {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d)?'?(\d\d)?/.exec(
    field,
  );
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, zone, zoneMinute] = match;
  if (month === undefined) return year;
  if (Number(month) > 12 || Number(month) < 1 || Number(day ?? 1) > 31) return year;
  if (day === undefined) return `${year}-${month}`;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined || minute === undefined) return date;
  const offset = zone === undefined ? '' : zone === 'Z' ? 'Z' : `${zone}:${zoneMinute ?? '00'}`;
  return `${date}T${hour}:${minute}:${second ?? '00'}${offset}`;
}
