/** What compiling a document will about cost, from its text and the wiki, without a request. */
import { linkTarget } from '@openkb/wiki';

import type { CompilerInput, CompilerOptions, WikiView } from '../compilation.ts';
import { LINKS_ANSWER, linksPrompt } from '../prompts/page.ts';
import { planPrompt } from '../prompts/plan.ts';
import { sectionsPrompt } from '../prompts/sections.ts';
import {
  type CompilationContext,
  openingMessages,
  summaryPathOf,
  systemMessage,
} from './compilation-context.ts';
import { splitSections } from './digest/split-sections.ts';
import { batchesOf } from './digest/summarise-sections.ts';
import type { ModelMessage } from './model-port.ts';
import type { Settings } from './options.ts';
import { listedPages, nearPages } from './passes/plan.ts';
import { Session } from './session.ts';
import { charactersFor, shownText, type ShownDocument } from './shown-document.ts';
import { WikiState } from './wiki-state.ts';

/** Tokens of all requests of one document, without answers that are asked for again. */
export interface CompileEstimate {
  readonly requests: number;
  readonly inputTokens: number;
  /** Part of `inputTokens` that an earlier request of the document began with. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Pages that are expected to be created or updated. */
  readonly pages: number;
}

/** Tokens of the answers, and of a page that is updated: medians that the prompts ask for. */
const ANSWER = { summary: 600, plan: 500, page: 450, section: 120 };
const PAGE_TASK = 350;
/** A page for so many tokens of text; at least and at most so many. */
const TOKENS_PER_PAGE = 600;
const [FEWEST, MOST] = [2, 10];

export interface EstimateSubject {
  readonly input: CompilerInput;
  readonly wiki: WikiView;
  readonly options: CompilerOptions;
}

export function estimateCompilation(
  settings: Settings,
  { input, wiki, options }: EstimateSubject,
): CompileEstimate {
  const session = new Session(input.name, settings, options.signal);
  const count = (messages: readonly ModelMessage[]): number =>
    messages.reduce((sum, { content }) => sum + settings.countTokens(content), 0);
  const system = systemMessage(wiki, options);
  const sections = sectionRequests(session, input, system);
  const shown = shownText(input, session) ?? placeholder(session, input, sections.parts);
  const opening = openingMessages(system, input, shown);
  const state = new WikiState(wiki);
  const context: CompilationContext = {
    session,
    input,
    options,
    wiki: state,
    shown,
    last: true,
    summaryPath: summaryPathOf(input),
    opening,
  };
  const near = nearPages(context, { description: '', content: '' });
  const plan = planPrompt({
    pages: listedPages(near, input.name),
    unlisted: 0,
    entityTypes: options.entityTypes,
    limit: settings.maxPages,
  });
  const links = linksPrompt(near.map(({ path, title }) => ({ target: linkTarget(path), title })));
  const first = count(opening);
  const summarised = first + ANSWER.summary;
  const linked = summarised + settings.countTokens(links) + settings.countTokens(LINKS_ANSWER);
  const pages = expectedPages(settings.countTokens(input.markdown), settings.maxPages);
  const perPage = linked + PAGE_TASK + ANSWER.page / 2;
  return {
    requests: sections.requests + 3 + pages,
    pages,
    inputTokens: Math.round(
      sections.tokens + first + summarised + settings.countTokens(plan) + pages * perPage + linked,
    ),
    cachedInputTokens: Math.round(
      (sections.requests > 0 ? count([system]) * sections.requests : 0) +
        summarised * 2 +
        linked * pages,
    ),
    outputTokens:
      sections.parts * ANSWER.section + 2 * ANSWER.summary + ANSWER.plan + pages * ANSWER.page,
  };
}

function expectedPages(tokens: number, limit: number): number {
  return Math.min(limit, MOST, Math.max(FEWEST, Math.round(tokens / TOKENS_PER_PAGE)));
}

function sectionRequests(
  session: Session,
  input: CompilerInput,
  system: ModelMessage,
): { readonly requests: number; readonly tokens: number; readonly parts: number } {
  if (shownText(input, session) !== undefined) return { requests: 0, tokens: 0, parts: 0 };
  const parts = splitSections(input, charactersFor(session.sectionTokens, input, session));
  const batches = batchesOf(parts, session);
  const { countTokens } = session.settings;
  const tokens = batches.reduce(
    (sum, batch) =>
      sum + countTokens(system.content) + countTokens(sectionsPrompt(input.title, batch)),
    0,
  );
  return { requests: batches.length, tokens, parts: parts.length };
}

/** A digest of the size that summaries will have. */
function placeholder(session: Session, input: CompilerInput, parts: number): ShownDocument {
  const tokens = Math.min(session.documentTokens, parts * (ANSWER.section + 20));
  const text = input.markdown.slice(0, charactersFor(tokens, input, session));
  return { form: 'digest', text, outline: [], passages: () => [] };
}
