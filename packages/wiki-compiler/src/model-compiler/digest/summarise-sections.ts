/** Summaries of the parts of a long document, several in one request. */
import { detectLanguage, sentencesOf } from '@openkb/wiki';

import { SECTIONS_SCHEMA, sectionsPrompt } from '../../prompts/sections.ts';
import { ask, type Verdict } from '../ask/ask.ts';
import { inOrder } from '../ask/in-order.ts';
import { nonAnswer } from '../ask/non-answer.ts';
import { isTooLong } from '../ask/port-error.ts';
import type { ModelMessage } from '../model-port.ts';
import type { Session } from '../session.ts';
import type { SectionPart } from './split-sections.ts';

export interface SectionSummaries {
  /** Id of a part -> its summary. */
  readonly summaries: ReadonlyMap<string, string>;
  /** Ids of parts whose summary is their first sentences, because the model gave none. */
  readonly missing: readonly string[];
}

/** A part shorter than this many characters is its own summary. */
const OWN_SUMMARY = 500;
const FALLBACK = 400;
/** A summary longer than this is cut. */
const LONGEST_SUMMARY = 1500;

export interface SectionRequest {
  readonly system: ModelMessage;
  readonly title: string;
  /** Path of the summary page, for progress. */
  readonly page: string;
}

/** Rejects with errors of the port that end the compilation. A part without an answer has its first sentences. */
export async function summariseSections(
  session: Session,
  parts: readonly SectionPart[],
  request: SectionRequest,
): Promise<SectionSummaries> {
  const summaries = new Map<string, string>();
  for (const { id, text } of parts)
    if (text.trim().length <= OWN_SUMMARY) summaries.set(id, text.replace(/\s+/g, ' ').trim());
  const long = parts.filter(({ id }) => !summaries.has(id));
  const batches = batchesOf(long, session);
  const answers = await inOrder(batches, session.settings.concurrency, (batch, index) =>
    summariseBatch(session, batch, { ...request, number: index + 1, of: batches.length }),
  );
  for (const answer of answers) for (const [id, text] of answer ?? []) summaries.set(id, text);
  const missing: string[] = [];
  for (const { id, text } of long) {
    if (summaries.has(id)) continue;
    missing.push(id);
    summaries.set(id, firstSentences(text));
  }
  return { summaries, missing };
}

/** In the order of the document, each batch within the budget of one request. */
export function batchesOf(
  parts: readonly SectionPart[],
  { settings, sectionTokens }: Pick<Session, 'settings' | 'sectionTokens'>,
): SectionPart[][] {
  const batches: SectionPart[][] = [];
  let tokens = 0;
  for (const part of parts) {
    const size = settings.countTokens(part.text);
    const last = batches.at(-1);
    if (last === undefined || tokens + size > sectionTokens) {
      batches.push([part]);
      tokens = size;
    } else {
      last.push(part);
      tokens += size;
    }
  }
  return batches;
}

type Batch = SectionRequest & { readonly number: number; readonly of: number };

/** A batch that is too long for the model is halved; of a single part that is too long, one half is left out. */
async function summariseBatch(
  session: Session,
  parts: readonly SectionPart[],
  batch: Batch,
): Promise<ReadonlyMap<string, string>> {
  try {
    return await askForSummaries(session, parts, batch);
  } catch (error) {
    if (!isTooLong(error)) throw error;
    const [first] = parts;
    if (first === undefined) return new Map();
    const middle = Math.ceil(parts.length / 2);
    const halves =
      parts.length === 1
        ? first.text.length <= OWN_SUMMARY
          ? []
          : [[{ ...first, text: first.text.slice(0, Math.floor(first.text.length / 2)) }]]
        : [parts.slice(0, middle), parts.slice(middle)];
    const found = new Map<string, string>();
    for (const half of halves)
      for (const [id, text] of await summariseBatch(session, half, batch)) found.set(id, text);
    return found;
  }
}

/** What is missing in an answer is asked for again, alone. */
async function askForSummaries(
  session: Session,
  parts: readonly SectionPart[],
  { system, title, page, number, of }: Batch,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let round = 0; round < 2; round += 1) {
    const wanted = parts.filter(({ id }) => !found.has(id));
    if (wanted.length === 0) break;
    // oxlint-disable-next-line no-await-in-loop -- the next question depends on the answer
    const answer = await ask(session, {
      step: { pass: 'sections', page, number, of },
      messages: [system, { role: 'user', content: sectionsPrompt(title, wanted) }],
      schema: SECTIONS_SCHEMA,
      read: (object) => readSummaries(object, wanted),
    });
    if ('failure' in answer) break;
    for (const [id, text] of answer.value) found.set(id, text);
  }
  return found;
}

function readSummaries(
  { sections }: Readonly<Record<string, unknown>>,
  wanted: readonly SectionPart[],
): Verdict<ReadonlyMap<string, string>> {
  if (!Array.isArray(sections)) return { fault: 'its "sections" is missing or not a list' };
  const ids = new Set(wanted.map(({ id }) => id));
  const found = new Map<string, string>();
  for (const one of sections as unknown[]) {
    const { id, summary } = (one ?? {}) as { id?: unknown; summary?: unknown };
    if (typeof id !== 'string' || typeof summary !== 'string' || !ids.has(id)) continue;
    const text = summary.replace(/\s+/g, ' ').trim();
    if (nonAnswer(text) === undefined) found.set(id, text.slice(0, LONGEST_SUMMARY));
  }
  return found.size === 0 ? { fault: 'it has a summary for none of the ids' } : { value: found };
}

function firstSentences(text: string): string {
  const plain = text
    .replace(/[#>*`|]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  let result = '';
  for (const sentence of sentencesOf(plain.slice(0, 4 * FALLBACK), detectLanguage(plain))) {
    if (result !== '' && result.length + sentence.length > FALLBACK) break;
    result = `${result} ${sentence}`.trim();
  }
  return result.slice(0, 2 * FALLBACK);
}
