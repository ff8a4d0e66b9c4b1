import { fence } from './fence.ts';

export interface DocumentFacts {
  readonly title: string;
  readonly authors: readonly string[];
  /** The whole text, or its section tree with summaries. */
  readonly text: string;
  /** `digest`: `text` is the section tree of a document that is too long to show. */
  readonly form: 'text' | 'digest';
}

export const SUMMARY_SCHEMA = {
  type: 'object',
  properties: {
    description: { type: 'string', description: 'One plain sentence, at most 200 characters' },
    content: { type: 'string', description: 'The page as Markdown, without a title' },
  },
  required: ['description', 'content'],
  additionalProperties: false,
} as const;

/** Pass 1, and the second part of the shared prefix: the document, and the request for its summary. */
export function summaryPrompt({ title, authors, text, form }: DocumentFacts): string {
  const by = authors.length === 0 ? '' : `\nAuthors: ${authors.join(', ')}`;
  const facts = fence('document-facts', `Title: ${title}${by}`);
  const shown =
    form === 'text'
      ? 'This is a document that was added to the wiki.'
      : 'This is a document that was added to the wiki. It is long: you see its section tree, each section with its pages and a summary.';
  return `${shown}

${facts}

${fence('document', text)}

Write the summary page of this document.
- Open with what it is and what it comes to: its question, claim or purpose, and its result.
- Then what a reader would come back for: arguments, methods, figures, decisions, conditions, open questions. Follow the document's own order where it has a good one.
- Between 150 and 600 words; a document of a few lines needs no more than it says itself.
- No links yet.`;
}
