import { keptText } from './kept-parts.ts';
import { readOldPage } from './old-page.ts';
import { SUMMARY_LISTS } from './summary-page.ts';
import { RELATED_DOCUMENTS } from './topic-page.ts';

/**
 * What a person wrote into a summary, a concept or an entity page: lines and sections of their own, and lines that they
 * changed. Empty where nobody did, and where no compiler has recorded which lines it wrote. Lists of links are not looked at.
 */
export function textOfPersons(text: string): string {
  const { kept } = readOldPage(text, [...SUMMARY_LISTS, RELATED_DOCUMENTS]);
  return kept.map(keptText).join('\n\n').trim();
}
