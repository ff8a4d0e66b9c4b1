/** `query` without a model: the best passages, and, saved, a page that quotes them. */
import { linkTarget, type SearchHit, wikilink } from '@openkb/wiki';

import type { Context } from '../command.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { type Passages, printPassages } from '../search/found.ts';
import { nothingFound, passagesOf } from '../search/search-run.ts';
import type { Services } from '../services.ts';
import { checkAnswer } from './check-answer.ts';
import type { FirstLook } from './first-look.ts';
import { saveExploration } from './save.ts';

interface Quoting {
  readonly context: Context;
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly question: string;
  readonly look: FirstLook;
  readonly save: boolean;
}

export type QuotedPassages = Passages & { readonly saved?: string };

export async function quotePassages(quoting: Quoting): Promise<void> {
  const { context, services, kb, question, look } = quoting;
  const { hits, size, reader } = look;
  const { reporter } = context;
  if (hits.length === 0)
    reporter.note(
      nothingFound(question, size) + (quoting.save && size > 0 ? ' Nothing is saved.' : ''),
    );
  const passages: QuotedPassages = passagesOf(question, hits);
  if (!quoting.save || hits.length === 0) return reporter.result(passages, printPassages('text'));
  const { text: body, citations } = checkAnswer(quotations(hits), reader);
  const cites = citations.map(({ page }) => page.slice('wiki/'.length));
  const exploration = { question, body, cites, by: 'extractive' };
  const saved = await saveExploration(kb, context, {
    exploration,
    clock: services.clock,
    operation: 'query',
  });
  reporter.result({ ...passages, saved }, (value, style) => [
    ...printPassages('text')(value, style),
    `saved as ${value.saved}`,
  ]);
}

/** Passages as quotations, each with its page. */
export const quotations = (hits: readonly SearchHit[]): string => hits.map(quotation).join('\n\n');

function quotation({ passage }: SearchHit): string {
  const { page, title, heading, sourcePage, text } = passage;
  const name = heading === '' ? title : `${title} › ${heading}`;
  const label = sourcePage === undefined ? name : `${name}, p. ${sourcePage}`;
  const lines = text.split('\n').map((line) => `> ${line.replace(/^(?:> ?)+/, '')}`.trimEnd());
  return `${lines.join('\n')}\n\n— ${wikilink(linkTarget(page), label)}`;
}
