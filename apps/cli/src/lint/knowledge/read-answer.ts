import { linkText, rewriteLinks } from '@openkb/wiki';

import type { ShownPage } from './question.ts';

export interface KnowledgeFinding {
  readonly kind: 'contradiction' | 'gap' | 'redundancy';
  /** One or two sentences. */
  readonly text: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** As in a link: `concepts/attention`. */
  readonly page: string;
  /** Words of the page. */
  readonly quote: string;
}

export interface ReadAnswer {
  readonly findings: readonly KnowledgeFinding[];
  /** Findings that quote what no page says. */
  readonly dropped: number;
}

const KINDS = ['contradiction', 'gap', 'redundancy'] as const;
const LONGEST_TEXT = 1000;
const LONGEST_QUOTE = 400;

/** What an answer says of these pages; only what their words bear out counts. `undefined`: it is no answer. */
export function readAnswer(object: unknown, pages: readonly ShownPage[]): ReadAnswer | undefined {
  if (!isRecord(object) || !Array.isArray(object['findings'])) return undefined;
  const texts = new Map(pages.map(({ target, text }) => [target, words(text)]));
  const given = object['findings'] as readonly unknown[];
  const findings = given.flatMap((one) => finding(one, texts) ?? []);
  return { findings, dropped: given.length - findings.length };
}

function finding(value: unknown, texts: ReadonlyMap<string, string>): KnowledgeFinding | undefined {
  if (!isRecord(value)) return undefined;
  const kind = KINDS.find((one) => one === value['kind']);
  const { text, statements } = value;
  if (kind === undefined || typeof text !== 'string' || text.trim() === '') return undefined;
  const borne = (Array.isArray(statements) ? (statements as readonly unknown[]) : []).flatMap(
    (one) => statement(one, texts) ?? [],
  );
  if (borne.length < (kind === 'gap' ? 1 : 2)) return undefined;
  return { kind, text: flat(text).slice(0, LONGEST_TEXT), statements: borne };
}

function statement(value: unknown, texts: ReadonlyMap<string, string>): Statement | undefined {
  if (!isRecord(value)) return undefined;
  const { page: named, quote } = value;
  if (typeof named !== 'string' || typeof quote !== 'string') return undefined;
  const page = named.replace(/^\[\[|\]\]$/g, '').replace(/\.md$/, '');
  const wanted = words(quote);
  if (wanted === '' || texts.get(page)?.includes(wanted) !== true) return undefined;
  return { page, quote: flat(quote).slice(0, LONGEST_QUOTE) };
}

/** As a reader sees it, letters and digits alone: markup, quotation marks and line ends are not what is quoted. */
function words(text: string): string {
  const seen = rewriteLinks(text, linkText).normalize('NFKC').toLowerCase();
  const plain = seen.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  return plain === '' ? '' : ` ${plain} `;
}

const flat = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
