import { SUMMARY_SCHEMA } from './summary.ts';

export const RELINK_SCHEMA = SUMMARY_SCHEMA;

/** Pass 4: the summary again, with links to the pages that now exist. */
export const RELINK_PROMPT = `The page that I want now is the summary page of the document, as you wrote it above, with links.
- Same text, same facts, same order: change only what the links need.
- Link each page of the list at the place where the summary first speaks of its subject. Leave out pages that it does not speak of.
- Repeat the description as it is.`;
