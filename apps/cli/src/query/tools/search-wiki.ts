import type { Tool } from '@openkb/language-model';
import type { Passage } from '@openkb/wiki';

import { printedPassages } from '../prompts/question.ts';

/** @param find the best passages for words, best first */
export function searchTool(find: (terms: string) => readonly Passage[]): Tool {
  return {
    name: 'search',
    description:
      'Finds the passages of the wiki and of the documents that have the words. Use few, telling words; names and terms as the documents write them.',
    parameters: {
      type: 'object',
      properties: { terms: { type: 'string', description: 'Words to look for' } },
      required: ['terms'],
      additionalProperties: false,
    },
    execute(input) {
      const { terms } = input as { terms: string };
      const found = find(terms.slice(0, 500));
      return found.length === 0 ? 'Nothing found; try other words.' : printedPassages(found);
    },
  };
}
