import type { Passage } from '@openkb/wiki';

import { quoted } from '../material.ts';

/** The question with the passages that the local search finds for it. */
export function questionPrompt(question: string, passages: readonly Passage[]): string {
  const found =
    passages.length === 0
      ? 'The search of the wiki finds nothing for the words of this question; try others.'
      : `The passages of the wiki that fit best:\n\n${printedPassages(passages)}`;
  return `${found}\n\nThe question:\n\n${question}`;
}

/** Passages as the model sees them, each with its page. */
export function printedPassages(passages: readonly Passage[]): string {
  return passages
    .map((passage) => quoted('passage', attributes(passage), passage.text))
    .join('\n\n');
}

function attributes({ page, title, heading, sourcePage }: Passage): Record<string, string> {
  return {
    page,
    title,
    ...(heading !== '' && { heading }),
    ...(sourcePage !== undefined && { page_number: String(sourcePage) }),
  };
}
