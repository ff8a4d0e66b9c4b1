/** Reads the answer of pass 2. Nothing is guessed: an answer of another form is asked for again. */
import type { Verdict } from '../ask/ask.ts';
import { nonAnswer } from '../ask/non-answer.ts';

export interface ProposedPage {
  readonly kind: 'concept' | 'entity';
  readonly title: string;
  /** As the model has it. */
  readonly type: string;
  readonly aliases: readonly string[];
  readonly about: string;
}

/** What the model proposes; targets are as it wrote them. */
export interface Proposal {
  readonly create: readonly ProposedPage[];
  readonly update: readonly { readonly page: string; readonly about: string }[];
  readonly related: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

export function readPlan(object: Fields): Verdict<Proposal> {
  const { create, update, related } = object;
  for (const [key, list] of [
    ['create', create],
    ['update', update],
    ['related', related],
  ] as const)
    if (!Array.isArray(list)) return { fault: `its "${key}" is missing or not a list` };
  const [creates, updates] = [create, update] as [unknown[], unknown[]];
  if (![...creates, ...updates].every(isFields))
    return { fault: 'an item of "create" or "update" is not an object' };
  if (!(related as unknown[]).every((one) => typeof one === 'string'))
    return { fault: 'an item of "related" is not a text' };
  const pages = (creates as Fields[]).map(proposedPage);
  const untitled = pages.findIndex(({ title }) => nonAnswer(title) !== undefined);
  if (untitled >= 0) return { fault: `item ${untitled + 1} of "create" has no title` };
  const changes = (updates as Fields[]).map(({ page, about }) => ({
    page: textOf(page),
    about: textOf(about),
  }));
  if (changes.some(({ page }) => page === ''))
    return { fault: 'an item of "update" has no "page"' };
  return { value: { create: pages, update: changes, related: related as string[] } };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST_TITLE = 120;
const LONGEST_ABOUT = 600;
const MOST_ALIASES = 12;

function proposedPage({ kind, title, type, aliases, about }: Fields): ProposedPage {
  const names = Array.isArray(aliases) ? (aliases as unknown[]).map(nameOf) : [];
  const { name, bracket } = splitBracket(nameOf(title));
  return {
    kind: kind === 'entity' ? 'entity' : 'concept',
    title: kind === 'entity' ? name : capital(name.replace(/^the (?=\S)/i, '')),
    type: textOf(type),
    aliases: [...bracket, ...names].filter((one) => one !== '').slice(0, MOST_ALIASES),
    about: textOf(about).slice(0, LONGEST_ABOUT),
  };
}

/** `Large language model (LLM)`: the acronym is an alias. A remark in brackets is part of the name. */
function splitBracket(title: string): { name: string; bracket: string[] } {
  const match = /^(.*\S)\s*\((\p{Lu}[\p{Lu}\p{N}.-]{1,11}s?)\)$/u.exec(title);
  return match === null
    ? { name: title, bracket: [] }
    : { name: match[1] ?? title, bracket: [match[2] ?? ''] };
}

function capital(name: string): string {
  return /^\p{Ll}+(?![\p{L}\p{N}])/u.test(name)
    ? name.charAt(0).toUpperCase() + name.slice(1)
    : name;
}

/** A name as it may stand in a heading, a link and front matter. */
function nameOf(value: unknown): string {
  const plain = textOf(value).replace(/\.md$/i, '');
  return oneLineWithout(plain.replace(/^(?:concepts|entities)\//, ''), /[[\]|<>`*\\]/g)
    .slice(0, LONGEST_TITLE)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? oneLineWithout(value, /\p{Cc}/gu) : '';
}

function oneLineWithout(text: string, characters: RegExp): string {
  return text.replace(characters, ' ').replace(/\s+/g, ' ').trim();
}
