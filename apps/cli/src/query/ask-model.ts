/** One question to the model: the passages that fit best, tools to look further, the answer as it comes. */
import type {
  ConversationRequest,
  ConversationResult,
  Message,
  Tool,
} from '@openkb/language-model';
import type { Passage } from '@openkb/wiki';

import type { OpenModel } from '../model/open-model.ts';
import { questionPrompt } from './prompts/question.ts';
import { systemPrompt } from './prompts/system.ts';
import { allowance } from './tools/allowance.ts';
import { handOver } from './tools/hand-over.ts';
import { LOOK_AT_PICTURE } from './tools/look-at-picture.ts';

/** Tokens that tools may hand over where the model's context is not known. */
const ROOM = 20_000;
/** The most that they may, however long the context. */
const MOST_ROOM = 60_000;
const MOST_STEPS = 8;

export interface Question {
  readonly opened: OpenModel;
  readonly question: string;
  /** The wiki's own rules, from `AGENTS.md`. */
  readonly conventions: string;
  readonly today: string;
  readonly passages: readonly Passage[];
  readonly tools: readonly Tool[];
  /** What was said before in the conversation, oldest first; absent where there is none. */
  readonly earlier?: readonly Message[] | undefined;
  /** Throws where nothing more may be spent. */
  readonly keepToLimit: () => void;
  readonly signal: AbortSignal;
  readonly events: Pick<ConversationRequest, 'onText' | 'onRestart' | 'onToolCall'>;
}

/** @throws {LanguageModelError}, and what `keepToLimit` throws */
export async function askModel(asked: Question): Promise<ConversationResult> {
  const { opened, question, conventions, today, passages, earlier, signal, events } = asked;
  const { model } = opened;
  asked.keepToLimit();
  const messages: readonly Message[] = [
    {
      role: 'system',
      content: systemPrompt({
        conventions,
        today,
        conversation: earlier !== undefined,
        pictures: asked.tools.some(({ name }) => name === LOOK_AT_PICTURE),
      }),
      cache: true,
    },
    ...(earlier ?? []),
    { role: 'user', content: questionPrompt(question, passages) },
  ];
  const context = model.contextTokens();
  const used = messages.reduce((sum, { content }) => sum + model.estimateTokens(content), 0);
  const room = context === undefined ? ROOM : Math.min(MOST_ROOM, context * 0.6 - used);
  const request: ConversationRequest = {
    messages,
    tools: bounded(asked.tools, Math.max(0, room), (text) => model.estimateTokens(text)),
    maxSteps: MOST_STEPS,
    signal,
    ...events,
    onToolCall(call) {
      // what tools find would be asked about in another request
      asked.keepToLimit();
      events.onToolCall?.(call);
    },
  };
  let answered = false;
  const onText: ConversationRequest['onText'] = (text, step) => {
    answered = true;
    events.onText?.(text, step);
  };
  try {
    return await model.stream({ ...request, onText });
  } catch (error) {
    // small local models refuse a request that offers tools
    if (answered || !isRefusalOfTools(error)) throw error;
    return model.stream({ ...request, onText, tools: [] });
  }
}

function bounded(
  tools: readonly Tool[],
  tokens: number,
  count: (text: string) => number,
): readonly Tool[] {
  const room = allowance(tokens, count);
  return tools.map((tool) => ({
    ...tool,
    execute: async (...args) => handOver(await tool.execute(...args), room),
  }));
}

function isRefusalOfTools(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'request-refused' &&
    /\btools?\b|function.?call/i.test(error.message)
  );
}
