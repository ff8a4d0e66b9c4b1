export interface PageNumbers {
  /** The label without its numbers. */
  readonly words: string;
  /** In order, each once; none where the label ends in none. */
  readonly numbers: readonly number[];
}

const ENDING =
  /[\s,;:(]*\b(?:pp?|pages?|pgs?|S|Seiten?|págs?|páginas?)\b\.?\s*(\d[\d\s,–-]*)\)?\s*$|[\s,;:(]*(?:第\s*)?(\d[\d\s,、–-]*)\s*[页頁ページ]+\)?\s*$/iu;
/** Of one range; nobody cites more. */
const MOST = 200;

/** Page numbers at the end of a link's label: `paper, p. 3`, `pp. 3-5`, `第3页`. */
export function pageNumbersOf(label: string): PageNumbers {
  const match = ENDING.exec(label.slice(-200));
  if (match === null) return { words: label.trim(), numbers: [] };
  const [ending, latin, cjk = ''] = match;
  const numbers = (latin ?? cjk).split(/[,、]/).flatMap((part) => {
    const [first = 0, last = first] = (part.match(/\d{1,6}/g) ?? []).map(Number);
    const length = Math.min(MOST, Math.max(0, last - first + 1));
    return first === 0 ? [] : Array.from({ length }, (_, i) => first + i);
  });
  return {
    words: label.slice(0, label.length - ending.length).trim(),
    numbers: [...new Set(numbers)],
  };
}
