/** Reading unknown JSON without trusting it. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function record(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string stays; parts (`[{text}]`) are joined; anything else is empty. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .map((part) => record(part)['text'])
    .filter((text) => typeof text === 'string')
    .join('');
}

/** Whether `key` occurs as a property name anywhere in `value`. */
export function hasKey(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((item) => hasKey(item, key));
  return Object.entries(record(value)).some(([name, item]) => name === key || hasKey(item, key));
}

/** How often `key` occurs as a property name anywhere in `value`. */
export function countKey(value: unknown, key: string): number {
  if (Array.isArray(value))
    return value.reduce((sum: number, item) => sum + countKey(item, key), 0);
  return Object.entries(record(value)).reduce(
    (sum, [name, item]) => sum + (name === key ? 1 : countKey(item, key)),
    0,
  );
}

/** A text in pieces of a few characters, as models stream it; an emoji stays whole. */
export function pieces(text: string): string[] {
  return text.match(/.{1,6}/gsu) ?? [];
}
