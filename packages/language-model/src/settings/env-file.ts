/**
 * Reads the text of an `.env` file: `NAME=value` a line, `export` before it, quotes around the value, comments
 * after it. Lines of another form are passed over; a value ends with its line. (Node's own `parseEnv`
 * takes lines that it cannot read for a part of the next name.)
 */
export function parseEnvFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u)) {
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(equals, 0)).trim().replace(EXPORT, '');
    // a name that means something to every object is no variable's
    if (!NAME.test(name) || name === '__proto__') continue;
    values[name] = read(line.slice(equals + 1).trim());
  }
  return values;
}

const EXPORT = /^export\s+/u;
const NAME = /^[A-Za-z_]\w*$/u;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function read(value: string): string {
  const quote = value[0];
  if (quote === '"' || quote === "'" || quote === '`') {
    const end = endOfQuote(value, quote);
    if (end > 0) {
      const inside = value.slice(1, end);
      return quote === '"'
        ? inside.replace(/\\(.)/gu, (_all, escaped: string) => ESCAPES[escaped] ?? escaped)
        : inside;
    }
  }
  // a # within a word is a part of it
  const comment = value.startsWith('#') ? 0 : value.search(/\s#/u);
  return (comment < 0 ? value : value.slice(0, comment)).trim();
}

function endOfQuote(value: string, quote: string): number {
  for (let at = 1; at < value.length; at += 1) {
    if (value[at] === quote) return at;
    if (value[at] === '\\' && quote === '"') at += 1;
  }
  return -1;
}
