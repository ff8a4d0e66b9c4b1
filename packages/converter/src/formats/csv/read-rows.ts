export interface CsvRows {
  readonly rows: readonly (readonly string[])[];
  /** Characters of the text that were left out, for the number of cells. */
  readonly left: number;
  /** A quotation mark has no partner. */
  readonly openQuote: boolean;
}

/** The rows with any value, up to a number of cells. */
export async function readRows(
  text: string,
  { delimiter, cells }: { readonly delimiter: string; readonly cells: number },
): Promise<CsvRows> {
  const { default: papa } = await import('papaparse');
  const rows: string[][] = [];
  let kept = 0;
  let end = text.length;
  let openQuote = false;
  papa.parse<string[]>(text, {
    delimiter,
    skipEmptyLines: 'greedy',
    step({ data, errors, meta }, parser) {
      openQuote ||= errors.some(({ type }) => type === 'Quotes');
      if (kept + data.length > cells) {
        end = rows.length === 0 ? 0 : end;
        parser.abort();
        return;
      }
      kept += data.length;
      rows.push(data);
      end = meta.cursor;
    },
  });
  return { rows, left: kept + 1 > cells || end < text.length ? leftOf(text, end) : 0, openQuote };
}

function leftOf(text: string, end: number): number {
  return text.slice(end).trim() === '' ? 0 : text.length - end;
}
