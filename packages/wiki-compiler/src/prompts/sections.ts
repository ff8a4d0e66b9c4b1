import { fence } from './fence.ts';

export interface SectionText {
  /** `s12`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export const SECTIONS_SCHEMA = {
  type: 'object',
  properties: {
    sections: {
      type: 'array',
      items: {
        type: 'object',
        properties: { id: { type: 'string' }, summary: { type: 'string' } },
        required: ['id', 'summary'],
        additionalProperties: false,
      },
    },
  },
  required: ['sections'],
  additionalProperties: false,
} as const;

/** Before pass 1 of a long document: summaries of some of its sections. */
export function sectionsPrompt(title: string, sections: readonly SectionText[]): string {
  const parts = sections.map(
    ({ id, title: heading, text }) => `${id}\n${fence(`section-${id}`, `${heading}\n\n${text}`)}`,
  );
  return `These are sections of a long document, each after its id:

${fence('document-facts', `Title: ${title}`)}

${parts.join('\n\n')}

Write a summary of each section: what it states, with names, figures and conclusions, in 40 to 120 words of plain prose without links, headings or lists. The summaries stand in for the text from here on: leave nothing out that the whole document turns on. Answer with every id above, each once.`;
}
