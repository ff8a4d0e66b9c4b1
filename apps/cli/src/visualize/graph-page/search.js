/** Letters without case and accents: `Aimé` is found by `aime`. */
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const wordsOf = (query) => query.split(/\s+/).filter(Boolean);

/**
 * Finds pages that have all words of a query: in the title or path first, those that begin with them before all,
 * then in the text. Equals stand by their number of links.
 */
export function searcher({ pages, byLinks }) {
  const names = pages.map(({ title, path }) => folded(`${title}\n${path}`));
  let texts;
  return (query) => {
    const words = wordsOf(query).map(folded);
    texts ??= pages.map(({ text }) => text.toLowerCase());
    const plain = wordsOf(query).map((word) => word.toLowerCase());
    const ranks = [[], [], []];
    for (const i of byLinks) {
      if (words.every((word) => names[i].includes(word)))
        ranks[names[i].startsWith(words[0]) ? 0 : 1].push(i);
      else if (plain.every((word) => texts[i].includes(word))) ranks[2].push(i);
    }
    return ranks.flat();
  };
}

/** What of a text matches any of the words, as `[text, isMatch]` one after the other. */
export function matches(text, words) {
  if (words.length === 0) return [[text, false]];
  const parts = text.split(pattern(words));
  return parts.map((part, i) => [part, i % 2 === 1]).filter(([part]) => part !== '');
}

/** A line of a page's text around the first of the words; empty where the text has none. */
export function excerpt(text, words) {
  const body = text
    .replace(/^---\r?\n[^]*?\r?\n---\r?\n/, '')
    .replace(/\[\[(?:[^[\]|\n]*\|)?([^[\]\n]*)\]\]/g, '$1');
  const at = body.search(pattern(words));
  if (at === -1) return '';
  const start = Math.max(0, body.lastIndexOf(' ', Math.max(0, at - 30)) + 1);
  const piece = body.slice(start, at + 90).replace(/\s*[\n|#>*`[\]]+\s*/g, ' ');
  return `${start > 0 ? '…' : ''}${piece.trim()}…`;
}

const pattern = (words) =>
  new RegExp(
    `(${words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')})`,
    'giu',
  );
