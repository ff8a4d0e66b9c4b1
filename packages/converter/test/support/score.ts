/** How much of a reference's words, and of its pairs of neighbouring words, a text has. */
export function score(
  text: string,
  reference: string,
): { recall: number; precision: number; order: number } {
  const [ours, theirs] = [wordsOf(text), wordsOf(reference)];
  const shared = overlap(counted(ours), counted(theirs));
  const pairs = overlap(counted(pairsOf(ours)), counted(pairsOf(theirs)));
  return {
    recall: ratio(shared, theirs.length),
    precision: ratio(shared, ours.length),
    order: ratio(pairs, theirs.length - 1),
  };
}

/** Words and numbers in lower case, without Markdown's marks, links' addresses and comments. */
function wordsOf(markdown: string): string[] {
  const plain = markdown
    .replace(/<!--[^]*?-->/g, ' ')
    .replace(/\]\([^)\s]*\)/g, '] ')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replaceAll('&amp;', '&')
    .replace(/&[lg]t;/g, ' ')
    .replaceAll('\\', '');
  return (
    plain
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

function pairsOf(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function overlap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [word, count] of a) shared += Math.min(count, b.get(word) ?? 0);
  return shared;
}

function ratio(part: number, whole: number): number {
  return whole <= 0 ? 1 : part / whole;
}
