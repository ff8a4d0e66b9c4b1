import { writeFrontMatter } from './front-matter-write.ts';

/**
 * The text of `AGENTS.md` of a new wiki: what the wiki is made of and how its pages are written, for a language model,
 * which gets it with every request, and for the person who may change it. `language` is that of the pages, a BCP 47 tag
 * or a name.
 */
export function defaultConventions(language: string): string {
  return `${writeFrontMatter({ type: 'Conventions', description: 'How the pages of this wiki are written' })}
# Wiki conventions

This folder is a wiki made from documents and kept by OpenKB. Edit this page to change how pages are written: it goes
into every request to the language model.

## What goes where

- \`summaries/\`: one page for each document, what it says and why it matters.
- \`concepts/\`: one page for each idea, method or theme that a reader would look up, gathered over all documents.
- \`entities/\`: one page for each named thing: person, organization, place, product, work, event.
- \`explorations/\`: answers that a person saved.
- \`sources/\`: the converted text of the documents. Quote it; do not edit it.
- \`reports/\`: what checks of the wiki found.
- \`index.md\` lists every page with one line; \`log.md\` records what was done. Both are kept by the program.

An idea belongs to a concept, a proper name to an entity; nothing has a page in both folders. One page covers one
subject: when a page about it exists, extend that page instead of starting another under a similar name.

## Pages

- The file name is the subject in lower case, words joined by \`-\`: \`concepts/gradient-descent.md\`.
- Front matter comes first, one line for each field: \`type\`, \`description\` (one plain sentence, no links), \`sources\`
  (the summaries that the page draws on) and, for an entity, \`aliases\`.
- Open the body with a definition or the most important fact, then sections under \`##\` headings. A few paragraphs are
  enough; leave out what is obvious.
- Say only what the documents say. Name the document of each claim by a link to its summary. Where documents disagree,
  give both statements and say so.
- When new material arrives, work it into the page; keep what other documents brought and what people wrote.
- Anything between \`<!-- keep -->\` and \`<!-- /keep -->\` belongs to a person and stays as it is.

## Links

- Link a page by its folder and name, \`[[concepts/gradient-descent]]\`, or with other words,
  \`[[concepts/gradient-descent|descends along the gradient]]\`.
- Link only pages that exist, the first time that they are mentioned.
- Summaries end with \`## Related Concepts\` and \`## Entities\`, concepts and entities with \`## Related Documents\`.

## Language and style

Write every page in this language: ${language}. File names and front matter keys stay as they are. Write plainly, in
the present tense, without praise and without addressing the reader.
`;
}
