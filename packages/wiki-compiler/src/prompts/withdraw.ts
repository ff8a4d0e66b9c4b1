import { fence } from './fence.ts';
import { SUMMARY_SCHEMA } from './summary.ts';

export const WITHDRAW_SCHEMA = SUMMARY_SCHEMA;

export interface WithdrawFacts {
  /** Title and text of the page without links to the document. */
  readonly title: string;
  readonly text: string;
  /** What the document said: its summary page. */
  readonly summary: string;
  /** How the documents that remain are linked. */
  readonly remaining: readonly string[];
}

/** A page without the claims of a document that was taken out of the wiki. */
export function withdrawPrompt({ title, text, summary, remaining }: WithdrawFacts): string {
  return `A document was taken out of the wiki. This page drew on it and on others:

${fence('current-page', `${title}\n\n${text}`)}

This is what the removed document said:

${fence('removed-document', summary)}

Rewrite the page without the claims that only the removed document supports. Keep everything else as it is, words, links and headings. What may come from the documents that remain stays. They are: ${remaining.map((target) => `[[${target}]]`).join(', ')}. Link nothing that the page does not link.`;
}
