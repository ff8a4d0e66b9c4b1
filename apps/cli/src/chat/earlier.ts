import type { LanguageModel, Message } from '@openkb/language-model';

import type { Turn } from './session.ts';

/** Share of the model's context that earlier turns may take, and tokens where it is not known. */
const SHARE = 0.25;
const ROOM = 8000;
/** The most that they may take, however long the context. */
const MOST_ROOM = 30_000;

const OMITTED = '[Earlier turns of this conversation are left out here.]';
const CUT = '\n[cut off here: the rest was long]';

/**
 * What was said before, for the model: the last turns that fit into a quarter of its context, whole ones, oldest
 * first. Where not even the last one fits, the beginning of its answer is sent. The passages that came with earlier questions
 * are not sent again.
 */
export function earlierMessages(
  turns: readonly Turn[],
  model: Pick<LanguageModel, 'contextTokens' | 'estimateTokens'>,
): readonly Message[] {
  const context = model.contextTokens();
  const room = context === undefined ? ROOM : Math.min(MOST_ROOM, context * SHARE);
  const size = ({ question, answer }: Turn) =>
    model.estimateTokens(question) + model.estimateTokens(answer);
  const said = turns.filter(({ answer }) => answer.trim() !== '');
  const kept: Turn[] = [];
  let left = room;
  for (const turn of said.toReversed()) {
    left -= size(turn);
    if (left < 0) break;
    kept.unshift(turn);
  }
  const last = said.at(-1);
  if (kept.length === 0 && last !== undefined) kept.push(shortened(last, room, model));
  return kept.flatMap(({ question, answer }, i): readonly Message[] => [
    {
      role: 'user',
      content: i === 0 && kept.length < said.length ? `${OMITTED}\n\n${question}` : question,
    },
    // all up to here is the same for the next question
    { role: 'assistant', content: answer, ...(i === kept.length - 1 && { cache: true }) },
  ]);
}

/** At most half of the room is the question's. */
function shortened(
  { question, answer }: Turn,
  room: number,
  model: Pick<LanguageModel, 'estimateTokens'>,
): Turn {
  const cut = (text: string, tokens: number): string => {
    const needed = model.estimateTokens(text);
    if (needed <= tokens) return text;
    return text.slice(0, Math.floor((text.length * tokens * 0.9) / needed)) + CUT;
  };
  const asked = cut(question, room / 2);
  return { question: asked, answer: cut(answer, room - model.estimateTokens(asked)) };
}
