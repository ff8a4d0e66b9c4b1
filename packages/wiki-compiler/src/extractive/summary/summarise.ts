/** What a summary page says: the sentences, the one-line description, the outline. */
import type { DocumentAnalysis } from '../analyse-document.ts';
import type { Sentence } from '../shapes.ts';
import { type Steps, eachInSteps, textLength } from '../steps.ts';
import { CUE, type SentenceScores, likeness, scoringSteps } from './sentence-scores.ts';
import { isUsable } from './usable.ts';

export interface OutlineEntry {
  readonly title: string;
  /** 0 is the outermost. */
  readonly depth: number;
  /** The sentence that says most about the section. */
  readonly sentence: Sentence | undefined;
  readonly page: number | undefined;
}

export interface Summary {
  /** In document order. */
  readonly sentences: readonly Sentence[];
  /** One sentence of the document, or its title when there is none. */
  readonly description: string;
  readonly outline: readonly OutlineEntry[];
}

/** Weight of closeness against novelty in maximal marginal relevance. */
const LAMBDA = 0.7;
/** From this likeness on a sentence repeats another. */
const REPEATS = 0.6;
/** Lines of an outline; a longer document shows its upper levels only. */
const OUTLINE_LINES = 40;

export function* summarise(analysis: DocumentAnalysis): Steps<Summary> {
  const { text, profile, centroid } = analysis;
  const usable: Sentence[] = [];
  yield* eachInSteps(text.sentences, textLength, (one) => {
    if (isUsable(one, text.language)) usable.push(one);
  });
  const scored = yield* scoringSteps(usable, text, profile, centroid);
  const lead = leadSentence(usable, scored, analysis);
  return {
    sentences: pickSentences(usable, scored, analysis, lead),
    description: lead?.text ?? analysis.text.title,
    outline: outlineOf(usable, scored, analysis),
  };
}

function pickSentences(
  usable: readonly Sentence[],
  { scores, words }: SentenceScores,
  { text }: DocumentAnalysis,
  lead: Sentence | undefined,
): Sentence[] {
  const wanted = Math.min(10, Math.max(4, Math.round(3 + text.words / 1000)));
  const sectioned = new Set(text.sentences.map((one) => one.section)).size >= 6;
  let best = 1e-9;
  for (const one of scores.values()) best = Math.max(best, one);
  const picked: Sentence[] = lead === undefined || !usable.includes(lead) ? [] : [lead];
  const perSection = new Map<number, number>(picked.map((one) => [one.section, 1]));
  const rest = new Set(
    usable.toSorted((a, b) => score(b) - score(a) || a.index - b.index).slice(0, 200),
  );
  function score(sentence: Sentence): number {
    return scores.get(sentence.index) ?? 0;
  }
  while (picked.length < wanted && rest.size > 0) {
    let next: Sentence | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const sentence of rest) {
      const own = words.get(sentence.index) ?? new Set();
      const alike = Math.max(
        0,
        ...picked.map((one) => likeness(own, words.get(one.index) ?? new Set())),
      );
      const limit = sentence.abstract ? 4 : 2;
      const full = sectioned && (perSection.get(sentence.section) ?? 0) >= limit;
      if (alike > REPEATS || full) {
        rest.delete(sentence);
        continue;
      }
      const relevance = (LAMBDA * score(sentence)) / best - (1 - LAMBDA) * alike;
      if (relevance > most) [next, most] = [sentence, relevance];
    }
    if (next === undefined) break;
    rest.delete(next);
    picked.push(next);
    perSection.set(next.section, (perSection.get(next.section) ?? 0) + 1);
  }
  return picked.toSorted((a, b) => a.index - b.index);
}

/**
 * The sentence that describes the document: one of its beginning that says what it does, else the
 * definition of its subject, else the best of the beginning.
 */
function leadSentence(
  usable: readonly Sentence[],
  { scores }: SentenceScores,
  { text, topics }: DocumentAnalysis,
): Sentence | undefined {
  const early = usable.filter((one) => one.index < Math.max(12, 0.12 * text.sentences.length));
  const ranked = early.toSorted(
    (a, b) => (scores.get(b.index) ?? 0) - (scores.get(a.index) ?? 0) || a.index - b.index,
  );
  const [cue] = ranked
    .slice(0, 8)
    .filter((one) => CUE.test(one.text))
    .toSorted((a, b) => a.index - b.index);
  if (cue !== undefined) return cue;
  const title = text.title.toLowerCase();
  const subject = topics.find((one) => one.definitions.length > 0 && title.includes(one.key));
  const definition = subject?.definitions.find(({ score }) => score >= 3.5);
  const defining = definition === undefined ? undefined : text.sentences[definition.sentence];
  const prose = text.sentences.find((one) => one.prose && !one.back);
  return defining ?? ranked[0] ?? usable[0] ?? prose ?? text.sentences[0];
}

function outlineOf(
  usable: readonly Sentence[],
  { scores }: SentenceScores,
  { text }: DocumentAnalysis,
): OutlineEntry[] {
  const best = new Map<number, Sentence>();
  for (const sentence of usable) {
    const held = best.get(sentence.section);
    if (held === undefined || (scores.get(sentence.index) ?? 0) > (scores.get(held.index) ?? 0))
      best.set(sentence.section, sentence);
  }
  const pages = new Map<number, number>();
  for (const { section, page } of text.paragraphs)
    if (page !== undefined && !pages.has(section)) pages.set(section, page);
  const shown = [...text.sections.entries()].filter(([, one]) => one.title !== '' && !one.back);
  const levels = shown.map(([, one]) => one.level).toSorted((a, b) => a - b);
  const deepest = levels[Math.min(levels.length, OUTLINE_LINES) - 1] ?? 6;
  const cut = levels.length > OUTLINE_LINES ? Math.max(levels[0] ?? 1, deepest - 1) : 6;
  const top = levels[0] ?? 1;
  return shown
    .filter(([, one]) => one.level <= cut)
    .slice(0, 2 * OUTLINE_LINES)
    .map(([index, { title, level }]): OutlineEntry => ({
      title,
      depth: level - top,
      sentence: best.get(index),
      page: pages.get(index),
    }));
}
