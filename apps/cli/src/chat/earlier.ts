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
 * first. Where not even the last one fits, its beginning is sent. The passages that came with earlier questions
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
  if (kept.length === 0 && last !== undefined) kept.push(shortened(last, room / size(last)));
  return kept.flatMap(({ question, answer }, i): readonly Message[] => [
    {
      role: 'user',
      content: i === 0 && kept.length < said.length ? `${OMITTED}\n\n${question}` : question,
    },
    // all up to here is the same for the next question
    { role: 'assistant', content: answer, ...(i === kept.length - 1 && { cache: true }) },
  ]);
}

/** @param share of the turn that fits */
function shortened({ question, answer }: Turn, share: number): Turn {
  const cut = (text: string): string => {
    const length = Math.floor(text.length * share * 0.9);
    return text.length <= length ? text : text.slice(0, length) + CUT;
  };
  return { question: cut(question), answer: cut(answer) };
}
