/**
 * The data of the page as the rest works with it.
 * @param data as `graph-data.ts` has it
 */
export function readGraph({ kinds, pages, edges: pairs, pictures }) {
  const byPath = new Map(pages.map(({ path }, i) => [path, i]));
  const edges = [];
  const near = pages.map(() => []);
  for (let k = 0; k < pairs.length; k += 2) {
    const [a, b] = [pairs[k], pairs[k + 1]];
    edges.push([a, b]);
    near[a].push(b);
    near[b].push(a);
  }
  for (const [i, all] of near.entries()) near[i] = [...new Set(all)];
  return {
    kinds,
    pages,
    edges,
    near,
    pictures,
    /** Pages by their number of links, most first. */
    byLinks: pages.map((_, i) => i).toSorted((a, b) => near[b].length - near[a].length || a - b),
    byPath,
    /** The page that a link in page `from` means; undefined where there is none. */
    linked(from, target, relative) {
      const found = relative ? undefined : own(pages[from].links, target);
      return found ?? byPath.get(normal(relative ? pages[from].path : '', target));
    },
  };
}

/** What an object of the data has under a name that a page's text made up. */
export const own = (object, name) =>
  object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;

/** A relative address of a link as a path from the wiki's root. */
function normal(from, address) {
  const parts = address.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of decoded(address.split(/[?#]/)[0]).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
