import { fence } from './fence.ts';

/** A page as the plan is shown it. */
export interface ListedPage {
  /** As in a link: `concepts/attention`. */
  readonly target: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** The document is among the page's sources already. */
  readonly fromDocument: boolean;
}

export interface PlanFacts {
  readonly pages: readonly ListedPage[];
  /** Pages of the wiki that the list leaves out. */
  readonly unlisted: number;
  readonly entityTypes: readonly string[];
  /** At most so many pages are created and updated. */
  readonly limit: number;
}

const STRINGS = { type: 'array', items: { type: 'string' } } as const;

export const PLAN_SCHEMA = {
  type: 'object',
  properties: {
    create: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          kind: { type: 'string', enum: ['concept', 'entity'] },
          title: { type: 'string' },
          type: { type: 'string', description: 'Entity type; empty for a concept' },
          aliases: STRINGS,
          about: { type: 'string', description: 'What the document says of it, one sentence' },
        },
        required: ['kind', 'title', 'type', 'aliases', 'about'],
        additionalProperties: false,
      },
    },
    update: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          page: { type: 'string', description: 'Path from the list' },
          about: { type: 'string', description: 'What the document adds, one sentence' },
        },
        required: ['page', 'about'],
        additionalProperties: false,
      },
    },
    related: { ...STRINGS, description: 'Paths from the list' },
  },
  required: ['create', 'update', 'related'],
  additionalProperties: false,
} as const;

/** Pass 2: which concept and entity pages the document changes. */
export function planPrompt({ pages, unlisted, entityTypes, limit }: PlanFacts): string {
  const list =
    pages.length === 0
      ? 'The wiki has no concept or entity pages yet.'
      : `Pages of the wiki${unlisted === 0 ? '' : ` that are nearest to this document (${unlisted} others are not shown)`}, a star before those that this document is a source of:\n\n${fence('pages', pages.map(listLine).join('\n'))}`;
  return `Decide which concept and entity pages this document should change.

${list}

- "create": a page that is missing. A concept is an idea, method or theme that other documents may speak of too; an entity is a thing with a proper name. Create one only where this document says enough for a paragraph of substance, and where a reader would look it up. Take the usual name in the singular, spelled out, as its title; acronyms and other names are aliases. The type of an entity is one of: ${entityTypes.join(', ')}.
- "update": a page of the list to which this document adds facts, or whose facts it corrects. Prefer this to another page under a similar name. Every page with a star that the document still speaks of belongs here.
- "related": a page of the list that is merely touched, worth a cross-reference and no more.
- One subject, one page: never the same thing under two names, never both a concept and an entity.
- At most ${limit} pages in "create" and "update" together, the most important first; three to eight are usual for a paper or a report, none for a document that says nothing of the kind.`;
}

function listLine({ target, title, description, aliases, fromDocument }: ListedPage): string {
  const also = aliases.length === 0 ? '' : ` (also: ${aliases.join(', ')})`;
  const said = description === '' ? '' : `: ${description}`;
  return `${fromDocument ? '*' : '-'} ${target} | ${title}${also}${said}`;
}
