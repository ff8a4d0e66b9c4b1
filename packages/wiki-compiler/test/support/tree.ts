import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** The files below a folder as path and text, by path; none where there is no folder. */
export function treeOf(folder: URL): [string, string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .map((path): [string, string] => [
      path.slice(folder.pathname.length),
      readFileSync(path, 'utf8'),
    ])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
