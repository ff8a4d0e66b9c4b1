/**
 * The data of the page as the rest works with it.
 * @param data `{ kinds: [name], pages: [[path, title, kind, x, y, text, { target: page }]], edges: [page, page, …] }`
 */
export function readGraph(data) {
  const pages = data.pages.map(([path, title, kind, x, y, text, links]) => ({
    path,
    title,
    kind,
    x,
    y,
    text,
    links,
  }));
  const byPath = new Map(pages.map(({ path }, i) => [path, i]));
  const edges = [];
  const near = pages.map(() => []);
  for (let k = 0; k < data.edges.length; k += 2) {
    const [a, b] = [data.edges[k], data.edges[k + 1]];
    edges.push([a, b]);
    near[a].push(b);
    near[b].push(a);
  }
  for (const [i, all] of near.entries()) near[i] = [...new Set(all)];
  const names = pages.map(({ title, path }) => `${title}\n${path}`.toLowerCase());
  return {
    kinds: data.kinds,
    pages,
    edges,
    near,
    /** Pages by their number of links, most first. */
    byLinks: pages.map((_, i) => i).toSorted((a, b) => near[b].length - near[a].length || a - b),
    byPath,
    /** The page that a link in page `from` means; undefined where there is none. */
    linked(from, target, relative) {
      const found = relative ? undefined : pages[from].links[target];
      return found ?? byPath.get(normal(relative ? pages[from].path : '', target));
    },
    /** Pages that have all the words: in the title or path first, then in the text. */
    search(query) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const has = (text) => words.every((word) => text.includes(word));
      const named = names.flatMap((name, i) => (has(name) ? [i] : []));
      const seen = new Set(named);
      const rest = pages.flatMap(({ text }, i) =>
        !seen.has(i) && has(text.toLowerCase()) ? [i] : [],
      );
      return [...named, ...rest];
    },
  };
}

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
