// The packages of the repository as the checks see them, and how a check tells what it found.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const readText = (...path) => readFileSync(join(root, ...path), 'utf8');
export const readJson = (...path) => JSON.parse(readText(...path));
export const exists = (...path) => existsSync(join(root, ...path));

/**
 * Every package: `kind` is `library` (published from packages/), `app` (published from apps/) or
 * `tooling` (private); `folder` is relative to the root.
 */
export function packages() {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group))
      .filter((name) => exists(group, name, 'package.json'))
      .map((name) => {
        const folder = `${group}/${name}`;
        const manifest = readJson(folder, 'package.json');
        const kind = manifest.private ? 'tooling' : group === 'apps' ? 'app' : 'library';
        return { name, folder, manifest, kind };
      }),
  );
}

/** Paths relative to the root of all files below a folder that end so. */
export function filesBelow(folder, ending) {
  if (!exists(folder)) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(path, ending);
      return path.endsWith(ending) ? [path] : [];
    })
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/**
 * Prints what a check found, each problem with its mend, and sets the exit code.
 * @param {string} what the check's name
 * @param {{ where: string, problem: string, mend: string }[]} found
 */
export function report(what, found) {
  for (const { where, problem, mend } of found) {
    console.error(`${where}: ${problem}\n    mend: ${mend}`);
  }
  console.error(found.length === 0 ? `${what}: in order` : `${what}: ${found.length} to mend`);
  if (found.length > 0) process.exitCode = 1;
}
