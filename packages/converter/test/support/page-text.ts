import type { PdfText } from './pdf.ts';

type ColumnOptions = Partial<Omit<PdfText, 'text' | 'turn'>> & { readonly leading?: number };

/** Lines of running text from the top of a column down. */
export function column(
  lines: readonly string[],
  { x = 72, y = 770, leading = 13, size = 10, font = 'regular' }: ColumnOptions = {},
): PdfText[] {
  return lines.map((text, index) => ({
    text,
    x,
    y: y - index * leading,
    size,
    font,
  }));
}

/** The widths of Helvetica's lower-case letters are near half its size: text of a width in points. */
export function words(count: number, start = 0): string {
  const list = 'river stone garden letter window summer basket copper silver meadow'.split(' ');
  return Array.from({ length: count }, (_, index) => list[(index + start) % list.length]).join(' ');
}
