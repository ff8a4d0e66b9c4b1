import { words, type DataNode } from '../../data/data-node.ts';

/** Digits that a number of JavaScript does not keep; the mark is one that JSON cannot hold in its raw form. */
const LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]{15,}/g;
const MARK = '\u0001';
const MAXIMUM_DEPTH = 200;

/** The value of a text, or the list of the values of its lines; `undefined` for a text that is no JSON. */
export function parseJson(text: string): unknown {
  const whole = parsed(text);
  if (whole !== undefined) return whole.value;
  const lines = text.split('\n').filter((line) => /\S/.test(line));
  const values: unknown[] = [];
  for (const line of lines) {
    const one = parsed(line);
    if (one === undefined) return undefined;
    values.push(one.value);
  }
  return values;
}

function parsed(text: string): { value: unknown } | undefined {
  const exact = /\d{16}/.test(text)
    ? text.replace(LONG_NUMBER, (token) => (token.startsWith('"') ? token : `"\\u0001${token}"`))
    : text;
  try {
    return { value: JSON.parse(exact) as unknown };
  } catch {
    return undefined;
  }
}

/** Long numbers come out with all of their digits. */
export function toNode(value: unknown, depth = 0): DataNode {
  if (typeof value === 'string') return words(value.startsWith(MARK) ? value.slice(1) : value);
  if (typeof value !== 'object' || value === null) return words(String(value));
  if (depth > MAXIMUM_DEPTH) return words('…');
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item: unknown) => toNode(item, depth + 1)) };
  return {
    kind: 'fields',
    fields: Object.entries(value).map(([name, field]) => [name, toNode(field, depth + 1)] as const),
  };
}
