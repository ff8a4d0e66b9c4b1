import stringWidth from '../shims/string-width.ts';

/** A path in at most so many columns: what is left out is on the left, `…/name.pdf`. */
export function shortenPath(path: string, columns: number): string {
  if (stringWidth(path) <= columns) return path;
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const end = `…${path.slice(slash)}`;
    if (slash < path.length - 1 && stringWidth(end) <= columns) return end;
  }
  const chars = Array.from(path);
  while (chars.length > 0 && stringWidth(chars.join('')) > columns - 1) chars.shift();
  return columns < 1 ? '' : `…${chars.join('')}`;
}
