/**
 * Tables as GFM. The first row is the head, for GFM has no table without one; rows are as long as the longest.
 *
 * Cells are Markdown on one line: see `tableCell`.
 */
export function gfmTable(rows: readonly (readonly string[])[]): string {
  let width = 0;
  for (const row of rows) width = Math.max(width, row.length);
  if (width === 0) return '';
  const lines = rows.map((row) => {
    const cells = Array.from({ length: width }, (_, index) => row[index] ?? '');
    return `| ${cells.join(' | ')} |`;
  });
  lines.splice(1, 0, `|${' --- |'.repeat(width)}`);
  return `${lines.join('\n')}\n`;
}

/** Markdown as a cell: bars are escaped, lines are parted by `<br>`. */
export function tableCell(markdown: string): string {
  const trimmed = markdown.trim();
  if (!/[|\n\r\t]| {2}/.test(trimmed)) return trimmed;
  return trimmed
    .replace(/(?<!\\)((?:\\\\)*)\|/g, '$1\\|')
    .replace(/\s*\r?\n\s*/g, '<br>')
    .replace(/\s+/g, ' ');
}
