// Just enough of TypeScript's surface for the checks: code without comments, and what it imports.

const NAMED = /^import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{([^}]*)\}/;

/**
 * The code with comments blanked, line numbers kept. A `/` after a value is a division, else it
 * opens a regular expression; template literals are copied whole, so that code inside `${}` stays.
 */
export function withoutComments(code) {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=(?:[=(,:[!&|?{};+]|\breturn|=>)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
  return code.replace(token, (text) =>
    text.startsWith('//') || text.startsWith('/*') ? text.replace(/[^\n]/g, ' ') : text,
  );
}

/**
 * What a file takes from each module: the names of `import { a, b as c } from`, `*` for a whole
 * module (namespace, default and dynamic imports, re-exports). Imports of types alone are left out.
 * @returns {{ module: string, names: string[], line: number }[]}
 */
export function imports(code) {
  const text = withoutComments(code);
  const statement =
    /\b(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(statement)].flatMap((match) => {
    const [all, from, bare] = match;
    if (/^(?:import|export)\s+type\b/.test(all)) return [];
    const list = NAMED.exec(all);
    const names = list
      ? list[1]
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name && !name.startsWith('type '))
          .map((name) => name.split(/\s+as\s+/)[0])
      : ['*'];
    const line = text.slice(0, match.index).split('\n').length;
    return names.length > 0 ? [{ module: from ?? bare, names, line }] : [];
  });
}
