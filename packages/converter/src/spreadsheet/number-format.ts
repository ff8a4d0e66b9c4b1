/** Numbers as Excel shows them, by SheetJS's formatter. */
export type ShowNumber = (value: number, format: string | number) => string;

/** Formats that follow the reader's country: dates by them are written as ISO 8601 instead. */
const ISO_FORMATS: Readonly<Record<number, string>> = {
  14: 'yyyy-mm-dd',
  22: 'yyyy-mm-dd hh:mm',
  27: 'yyyy-mm-dd',
  30: 'yyyy-mm-dd',
  31: 'yyyy-mm-dd',
  36: 'yyyy-mm-dd',
};
const LONGEST_FORMAT = 255;

/** Loads the formatter. `date1904` for workbooks whose days are counted from 1904. */
export async function loadShowNumber(date1904: boolean): Promise<ShowNumber> {
  const { SSF } = (await import('@e965/xlsx')) as unknown as {
    SSF: { format(format: string | number, value: number, options: object): string };
  };
  return (value, format) => {
    const code = typeof format === 'number' ? (ISO_FORMATS[format] ?? format) : format;
    if (typeof code === 'string' && code.length > LONGEST_FORMAT) return plainNumber(value);
    try {
      const shown = SSF.format(code, value, { date1904 });
      // a date before the first day is shown as hash signs
      return /^#+$/.test(shown) ? plainNumber(value) : shown.replace(/\s+/g, ' ').trim();
    } catch {
      return plainNumber(value);
    }
  };
}

/** Without the noise of binary fractions: 15 digits, as Excel keeps. */
export function plainNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}
