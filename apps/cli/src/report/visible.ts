/**
 * Names of files may hold anything: escape sequences that move the cursor, line ends that forge a
 * line, marks that turn the direction of writing. For people they are shown, never sent.
 */
/* oxlint-disable no-control-regex -- control characters are what this is about */

/** C0, DEL, C1, line and paragraph separators, direction overrides; tabs do no harm. */
const hidden = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;
/** As `hidden`, without the line ends that a text of several lines has. */
const hiddenInText =
  /(?!\r?\n)[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;
/** The only sequences that a line of ours holds: those of `style.ts`. */
const styling = /(\u001B\[(?:1|2|3|4|22|23|24|31|32|33|36|39)m)/;

/** One line in which every control character is written out: `\n`, `\x1b`, `\u202e`. */
export const visible = (line: string): string => line.replace(hidden, writtenOut);

/** A line that was styled after its parts were made visible. */
export const visibleStyled = (line: string): string =>
  line
    .split(styling)
    .map((part, i) => (i % 2 === 1 ? part : visible(part)))
    .join('');

/** The same value; in its strings every control character but the line end is written out. */
export function visibleValue<T>(value: T): T {
  if (typeof value === 'string') return value.replace(hiddenInText, writtenOut) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => visibleValue(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(hiddenInText, writtenOut),
      visibleValue(item as unknown),
    ]),
  ) as T;
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

function writtenOut(char: string): string {
  const digits = char.charCodeAt(0).toString(16);
  return named[char] ?? (digits.length > 2 ? `\\u${digits}` : `\\x${digits.padStart(2, '0')}`);
}
