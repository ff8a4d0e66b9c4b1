/** What index, log and ledger show of a question. */
const MOST = 200;

/** The question in one line, cut where it is long. */
export function shortQuestion(question: string): string {
  const characters = Array.from(question.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  if (characters.length <= MOST) return characters.join('');
  return `${characters
    .slice(0, MOST - 1)
    .join('')
    .trimEnd()}…`;
}
