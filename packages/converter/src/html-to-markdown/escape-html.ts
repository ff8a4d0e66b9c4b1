const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Words as they stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char) : text;
}

/** Rows of HTML cells as a table; the first is its head. */
export function htmlTable(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map((cells, index) => {
    const name = index === 0 ? 'th' : 'td';
    return `<tr>${cells.map((cell) => `<${name}>${cell}</${name}>`).join('')}</tr>`;
  });
  return `<table>${lines.join('')}</table>`;
}

export interface ListItem {
  /** 0 is the outermost. */
  readonly level: number;
  readonly ordered: boolean;
  /** Number of the first item of an ordered list. */
  readonly start?: number;
  readonly html: string;
}

/** Items in a row as nested lists. A level that no item has is left out. */
export function htmlList(items: readonly ListItem[]): string {
  let html = '';
  const open: { level: number; tag: string }[] = [];
  const close = (): void => {
    html += `</li></${open.pop()?.tag ?? 'ul'}>`;
  };
  for (const { level, ordered, start, html: content } of items) {
    const tag = ordered ? 'ol' : 'ul';
    while ((open.at(-1)?.level ?? -1) > level) close();
    const same = open.at(-1);
    if (same?.level === level && same.tag !== tag) close();
    if (open.at(-1)?.level === level) html += '</li>';
    else {
      html += start === undefined || !ordered ? `<${tag}>` : `<ol start="${start}">`;
      open.push({ level, tag });
    }
    html += `<li>${content}`;
  }
  while (open.length > 0) close();
  return html;
}
