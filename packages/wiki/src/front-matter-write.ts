/**
 * A whole front matter block, both `---` lines included: one line a field in the order given, strings JSON-quoted,
 * lists and mappings in one-line flow style. A field that is undefined is left out.
 */
export function writeFrontMatter(fields: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${fieldLine(key, value)}\n`);
  return `---\n${lines.join('')}---\n`;
}

/** One field as a line of front matter, without a line ending. */
export function fieldLine(key: string, value: unknown): string {
  return `${PLAIN_KEY.test(key) ? key : quote(key)}: ${printValue(value)}`;
}

// words that YAML 1.1 reads as booleans or null would not be strings as keys
const PLAIN_KEY = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_][\w-]*$/i;

function printValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((item) => printValue(item)).join(', ')}]`;
  if (value instanceof Date) return quote(value.toISOString());
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${pairs.map(([key, item]) => `${quote(key)}: ${printValue(item)}`).join(', ')}}`;
  }
  if (typeof value === 'number') return printNumber(value);
  return typeof value === 'boolean' ? String(value) : 'null';
}

/** YAML 1.1 takes `1e+30` for a string and needs `1.0e+30`; there is no JSON for infinity. */
function printNumber(value: number): string {
  return Number.isFinite(value) ? String(value).replace(/^(-?\d+)e/, '$1.0e') : 'null';
}

/** JSON, with the characters escaped that YAML 1.1 takes for line breaks or refuses. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
