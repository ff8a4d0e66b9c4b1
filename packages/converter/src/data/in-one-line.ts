import type { DataNode } from './data-node.ts';

const MAXIMUM_DEPTH = 32;

/** A node as words on one line, cut off with an ellipsis at so many characters. */
export function inOneLine(node: DataNode, most: number): string {
  const line = write(node, most, 0);
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

function write(node: DataNode, most: number, depth: number): string {
  if (node.kind === 'words')
    return node.words
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, most + 1);
  if (depth > MAXIMUM_DEPTH) return '…';
  const parts: string[] = [];
  let length = 0;
  const entries =
    node.kind === 'list' ? node.items.map((item) => ['', item] as const) : node.fields;
  for (const [name, value] of entries) {
    if (length > most) break;
    const text = write(value, most - length, depth + 1);
    const held = value.kind === 'fields' && depth > 0 ? `{${text}}` : text;
    const part = name === '' ? held : `${name}: ${held}`;
    parts.push(part);
    length += part.length + 2;
  }
  return parts.join(node.kind === 'list' ? ', ' : '; ');
}
