import { fence } from './fence.ts';
import { SUMMARY_SCHEMA } from './summary.ts';

export const PAGE_SCHEMA = SUMMARY_SCHEMA;

export interface LinkablePage {
  /** As in a link: `concepts/attention`. */
  readonly target: string;
  readonly title: string;
}

/** The end of the prefix that the requests of passes 3 and 4 share: what may be linked. */
export function linksPrompt(pages: readonly LinkablePage[]): string {
  const list =
    pages.length === 0
      ? 'None.'
      : fence('pages', pages.map(({ target, title }) => `[[${target}]] ${title}`).join('\n'));
  return `Next I ask you for single pages of the wiki, one in each request. These pages exist or will exist after this document, and can be linked; no other page can:

${list}`;
}

/** The model's turn after the list of links: turns alternate, which some local models insist on. */
export const LINKS_ANSWER = 'I link these pages and no others. Which page do you want?';

export interface PageFacts {
  readonly target: string;
  readonly title: string;
  readonly kind: 'concept' | 'entity';
  /** Entity type in lower case. */
  readonly type?: string | undefined;
  /** What the plan says that the document brings. */
  readonly about: string;
  /** Parts of a long document that speak of the subject. */
  readonly passages: readonly string[];
  /** How the document is linked: `summaries/report`. */
  readonly summary: string;
}

export interface CurrentPage {
  readonly text: string;
  /** What persons wrote into the page; it stays without the model. */
  readonly byPersons: readonly string[];
  /** The document was a source of the page before: the page may state what its older text said. */
  readonly compiledBefore: boolean;
}

/** Pass 3, a page that is missing. */
export function createPagePrompt(facts: PageFacts): string {
  return `Write a page that is missing, about ${kindOf(facts)}:

${subject(facts)}
${brings(facts)}
- Open with one or two sentences that say what it is, as a definition that stands on its own.
- Then what the document says of it: how it works, figures, conditions, examples, what it is good for and where it fails; for a named thing, who or what it is and what it did.
- Write about the subject, not about the document: no "this document describes". Name the document of a claim by a link to [[${facts.summary}]] where a reader would ask for it.
- 80 to 400 words, as many as there are facts.`;
}

/** Pass 3, a page that exists. */
export function updatePagePrompt(facts: PageFacts, current: CurrentPage): string {
  const persons =
    current.byPersons.length === 0
      ? ''
      : `\n\nThese parts of the page were written by persons. The program keeps them where they are; do not repeat them, and do not contradict them without saying so:\n\n${fence('kept', current.byPersons.join('\n\n'))}`;
  const again = current.compiledBefore
    ? '\n- This document was a source of the page before, perhaps in an older version: what the page says from it must agree with its text now. What it no longer says goes, unless another source says it too.'
    : '';
  return `Rewrite a page, about ${kindOf(facts)}, so that it includes what this document says:

${subject(facts)}
${brings(facts)}

The page at present:

${fence('current-page', current.text)}${persons}

- Return the whole page, not only what changes. Keep every fact, link and heading of the present page that the document does not correct; other documents brought them.
- Work new facts into the part where they belong; start a new part only for something new. Do not write one part for each document.
- Where the document corrects or contradicts the page, say so, with both sources.
- Name the document of a new claim by a link to [[${facts.summary}]] where a reader would ask for it.${again}
- Tighten what grows wordy: up to about 900 words.`;
}

function subject({ target, title }: PageFacts): string {
  return fence('page', `${target} | ${title}`);
}

function kindOf({ kind, type = 'other' }: PageFacts): string {
  if (kind === 'concept') return 'a concept';
  return type === 'other' ? 'a named thing' : `a named thing of type "${type}"`;
}

function brings({ about, passages }: PageFacts): string {
  const said = about === '' ? '' : `\nWhat the document brings to it:\n\n${fence('plan', about)}\n`;
  return passages.length === 0
    ? said
    : `${said}\nParts of the document that speak of it:\n\n${fence('passages', passages.join('\n\n[...]\n\n'))}\n`;
}
