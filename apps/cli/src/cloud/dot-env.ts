/**
 * The lines of a `.env` file: `NAME=value`, `export NAME=value`, in double or single quotes or none;
 * `#` begins a comment. Nothing is expanded, and a line that is none of this is passed over.
 */
export function parseDotEnv(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, name, rest = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line) ?? [];
    if (name !== undefined) values.set(name, valueOf(rest.trim()));
  }
  return values;
}

function valueOf(text: string): string {
  const [, quoted] = /^"([^"]*)"|^'([^']*)'/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  const [, single] = /^'([^']*)'/.exec(text) ?? [];
  return single ?? text.replace(/\s+#.*$|^#.*$/, '');
}
