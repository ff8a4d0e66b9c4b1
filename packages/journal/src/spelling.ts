/**
 * On a disk that folds names (`Foo.md` and `foo.md` are one file) a rename gives a file the spelling that was
 * asked for. So a mutation names what is there as it is there: its rollback brings the name back too, and a
 * page keeps its spelling whoever writes to it.
 */
import type { Context } from './context.ts';
import { pathKey } from './paths.ts';

/** Gives each path its spelling on disk. On a disk that tells names apart: itself. */
export function spelling(context: Context): (path: string) => string {
  const { fileSystem, layout } = context;
  const folding = new Map<string, boolean>();
  const listings = new Map<string, readonly string[]>();
  return (path) => {
    const [directory, name] = split(path);
    const others = otherSpellings(name);
    // one name tells it of the directory, unless it is one that only its normal form could tell apart
    const key = `${directory}/${others.length > 1 ? name : ''}`;
    let folds = folding.get(key);
    if (folds === undefined) {
      const stat = others.length === 0 ? undefined : fileSystem.stat(layout.live(path));
      if (stat === undefined) return path;
      folds = others.some((other) => {
        const there = fileSystem.stat(layout.live(directory + other));
        return there?.inode === stat.inode && there.device === stat.device;
      });
      folding.set(key, folds);
    }
    return folds ? directory + nameIn(directory, name) : path;
  };

  /** Two names of one file that the disk does tell apart are both in the listing. */
  function nameIn(directory: string, name: string): string {
    let names = listings.get(directory);
    if (names === undefined) {
      names = fileSystem.list(layout.live(directory));
      listings.set(directory, names);
    }
    if (names.includes(name)) return name;
    return names.find((one) => pathKey(one) === pathKey(name)) ?? name;
  }
}

/** `wiki/a.md` is `wiki/` and `a.md`. */
function split(path: string): [directory: string, name: string] {
  const end = path.lastIndexOf('/') + 1;
  return [path.slice(0, end), path.slice(end)];
}

/** In another case, and in another normal form, where it has such. */
function otherSpellings(name: string): string[] {
  const upper = name.toUpperCase();
  const cased = upper === name ? name.toLowerCase() : upper;
  const nfc = name.normalize('NFC');
  const normal = nfc === name ? name.normalize('NFD') : nfc;
  return [cased, normal].filter((other) => other !== name);
}
