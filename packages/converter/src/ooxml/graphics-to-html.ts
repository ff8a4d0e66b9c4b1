import { escapeHtml, htmlList, htmlTable, type ListItem } from '../html-to-markdown/escape-html.ts';
import { child, children, descendants } from '../xml/find-elements.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { readChart } from './chart.ts';
import { relationOf, tolerant, type OfficePackage, type Relationship } from './package.ts';

/** The title and the data; a chart that keeps no data leaves its title alone. */
export function chartToHtml(root: XmlElement): string {
  const { title, rows } = readChart(root);
  const head = title === undefined ? '' : `<p>${escapeHtml(title)}</p>`;
  return head + htmlTable(rows.map((row) => row.map((cell) => escapeHtml(cell))));
}

const MAXIMUM_LEVEL = 8;

/** The points of a diagram (SmartArt, ECMA-376 part 1, 21.4) as a list, nested as they are connected. */
export function diagramToHtml(
  frame: XmlElement,
  office: OfficePackage,
  relationships: ReadonlyMap<string, Relationship>,
): string {
  const [ids] = descendants(frame, 'relIds');
  const relation = ids && relationOf(ids, 'dm', relationships);
  const root = relation && tolerant(() => office.root(relation.target));
  if (root === undefined) return '';
  const texts = new Map<string, string>();
  let top = '';
  for (const { attributes, ...point } of children(child(root, 'ptLst'), 'pt')) {
    const id = attributes['modelId'] ?? '';
    if (attributes['type'] === 'doc') top = id;
    else if (attributes['type'] === undefined || attributes['type'] === 'node')
      texts.set(id, wordsOf(child({ attributes, ...point }, 't')));
  }
  const below = connections(root);
  const items: ListItem[] = [];
  const seen = new Set<string>();
  const add = (id: string, level: number): void => {
    for (const next of below.get(id) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      const text = texts.get(next) ?? '';
      if (text !== '') items.push({ level, ordered: false, html: escapeHtml(text) });
      if (level < MAXIMUM_LEVEL) add(next, level + 1);
    }
  };
  add(top, 0);
  for (const [id, text] of texts)
    if (!seen.has(id) && text !== '')
      items.push({ level: 0, ordered: false, html: escapeHtml(text) });
  return htmlList(items);
}

function connections(root: XmlElement): Map<string, string[]> {
  const found = children(child(root, 'cxnLst'), 'cxn')
    .filter(({ attributes }) => (attributes['type'] ?? 'parOf') === 'parOf')
    .toSorted((a, b) => Number(a.attributes['srcOrd'] ?? 0) - Number(b.attributes['srcOrd'] ?? 0));
  const below = new Map<string, string[]>();
  for (const { attributes } of found) {
    const from = attributes['srcId'] ?? '';
    const list = below.get(from) ?? [];
    list.push(attributes['destId'] ?? '');
    below.set(from, list);
  }
  return below;
}

function wordsOf(text: XmlElement | undefined): string {
  const paragraphs = children(text, 'p').map((paragraph) =>
    descendants(paragraph, 't')
      .map((piece) => piece.text)
      .join(''),
  );
  return paragraphs.join(' ').replace(/\s+/g, ' ').trim();
}
