/**
 * The embedded compiler: a document becomes wiki pages without a language model, by statistics, rules
 * and quotation. Deterministic: no clock, no random numbers, no locale of the machine.
 *
 * 1. Analyse the document: concepts, entities, definitions, from its text alone.
 * 2. Choose what gets a page; what every document of the wiki is about counts less.
 * 3. Place each topic on the page that is there, or on a new one.
 * 4. Documents that know a page's name by their key phrases, and had no page to contribute to until
 *    this moment, contribute too: so the order in which documents are added does not matter.
 * 5. Write: the summary, and each document's own section in each of its pages.
 */
import { pagePath } from '@openkb/wiki';

import type {
  Compilation,
  CompilationMessage,
  Compiler,
  CompilerInput,
  CompilerOptions,
  WikiView,
} from '../compilation.ts';
import { type DocumentAnalysis, analyseDocument } from './analyse-document.ts';
import { collectChanges } from './collect-changes.ts';
import { chooseConcepts, conceptCount } from './concepts/choose-concepts.ts';
import { chooseEntities, entityCount } from './entities/choose-entities.ts';
import { labelsOf } from './labels.ts';
import { baseSummaryPage, keepSummaryEdits } from './pages/summary-page.ts';
import { removeDocument } from './remove-document.ts';
import {
  type RenderedDocument,
  renderContributions,
  renderSummaryLinks,
  withdrawStale,
} from './render-document.ts';
import type { Topic } from './shapes.ts';
import { breather, paced } from './steps.ts';
import { type Summary, summarise } from './summary/summarise.ts';
import { supporters } from './supporters.ts';
import { Draft } from './wiki/draft.ts';
import { documentFrequency } from './wiki/frequency.ts';
import { placeTopics } from './wiki/placement.ts';
import { sourceOfInput } from './wiki/stored-text.ts';

/** The compiler named `extractive`. */
export function extractiveCompiler(): Compiler {
  return {
    name: 'extractive',
    compile,
    remove: (name, wiki, options) => removeDocument(name, wiki, options, breather(options.signal)),
  };
}

async function compile(
  input: CompilerInput,
  wiki: WikiView,
  options: CompilerOptions,
): Promise<Compilation> {
  const breathe = breather(options.signal);
  const analysis = await analyseDocument(sourceOfInput(input), breathe);
  const draft = new Draft(wiki);
  await breathe();
  const chosen = choose(analysis, draft, input.name);
  const placement = placeTopics(analysis, chosen, draft);
  const { name, title } = input;
  const document: RenderedDocument = { name, title, analysis, placement, chosen };
  const messages: CompilationMessage[] = [];
  const bereft = withdrawStale(document, draft, options);
  const others = await supporters(document, bereft, draft, { wiki, breathe, messages });
  const summary = await paced(summarise(analysis), breathe);
  writeSummary(input, { analysis, summary }, draft, options);
  for (const one of [document, ...others]) {
    renderContributions(one, draft, options);
    // oxlint-disable-next-line no-await-in-loop -- a pause in the work is what is wanted
    await breathe();
  }
  for (const one of [document, ...others]) renderSummaryLinks(one, draft, options);
  return collectChanges(draft, options, [...messages, ...notices(analysis, input)]);
}

function choose(analysis: DocumentAnalysis, draft: Draft, name: string): ReadonlySet<Topic> {
  const { words, sections } = analysis.text;
  const frequency = documentFrequency(draft, analysis.profile, name);
  return new Set([
    ...chooseConcepts(analysis.concepts, conceptCount(words, sections.length), frequency),
    ...chooseEntities(analysis.entities, entityCount(words), frequency),
  ]);
}

function writeSummary(
  input: CompilerInput,
  { analysis, summary }: { readonly analysis: DocumentAnalysis; readonly summary: Summary },
  draft: Draft,
  options: CompilerOptions,
): void {
  const path = pagePath('summaries', input.name);
  const old = draft.read(path);
  const base = baseSummaryPage(input, analysis, summary, labelsOf(options.language));
  const page = old === undefined ? base : keepSummaryEdits(old, base);
  draft.write(path, 'summary', page);
}

function notices(
  { text, topics }: DocumentAnalysis,
  { name }: CompilerInput,
): CompilationMessage[] {
  if (topics.length > 0) return [];
  const reason =
    text.words === 0 ? 'it has no running text' : 'no phrase or name occurs often enough';
  return [
    {
      level: 'info',
      code: 'no-topics',
      text: `The document "${name}" gets a summary only: ${reason}.`,
    },
  ];
}
