import type { ConversionMessage } from '../document.ts';

export function hiddenSheets(names: readonly string[]): ConversionMessage[] {
  if (names.length === 0) return [];
  const list = names.map((name) => `"${name}"`).join(', ');
  return [
    {
      level: 'info',
      code: 'hidden-sheets',
      text: `${names.length === 1 ? 'A hidden sheet is' : 'Hidden sheets are'} left out: ${list}.`,
    },
  ];
}

export function formulasWithoutValue(count: number): ConversionMessage[] {
  if (count === 0) return [];
  return [
    {
      level: 'warning',
      code: 'formulas-without-value',
      text: `${count === 1 ? '1 cell has' : `${count} cells have`} a formula whose value the file does not keep: the formula is shown. Open the workbook in a spreadsheet program and save it.`,
    },
  ];
}
