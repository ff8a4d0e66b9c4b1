/**
 * The conversation of a question with tools: the model answers or asks for tools, their results go back,
 * and so on until it answers, at most `maxSteps` times. Each step is one streamed request, with retries,
 * deadlines and a place of the limiter of its own: a tool may ask the same model.
 */
import type { Spend } from '../answers/ask.ts';
import { persist } from '../answers/persist.ts';
import type { ConversationRequest, ConversationResult, ToolCall } from '../conversation.ts';
import { LanguageModelError } from '../error.ts';
import { hintFor } from '../hints.ts';
import { imageWarnings } from '../images/image-gate.ts';
import { imagesOf } from '../images/images-of.ts';
import type { Limiter } from '../limiter.ts';
import type { Exchange } from '../sdk/types.ts';
import type { Session } from '../session.ts';
import { checkInteger } from '../settings/check.ts';
import { runTools, toolsByName } from './run-tools.ts';
import { streamStep } from './stream-step.ts';
import type { Step } from './stream-step.ts';

export interface Conversation {
  readonly session: Session;
  readonly request: ConversationRequest;
  readonly spend: Spend;
  readonly limit: Limiter;
}

type Ended = Omit<ConversationResult, 'usage'>;

export async function converse(conversation: Conversation): Promise<Ended> {
  const { session, request } = conversation;
  const tools = toolsByName(request.tools ?? []);
  const maxSteps = checkInteger('maxSteps', request.maxSteps ?? 8, { from: 1, to: 100 });
  const history: Exchange[] = [];
  const toolCalls: ToolCall[] = [];
  const warnings = new Set<string>();
  for (let number = 1; ; number += 1) {
    const withoutTools = number === maxSteps;
    // oxlint-disable-next-line no-await-in-loop -- a step answers the one before
    const step = await takeStep(conversation, { number, history, withoutTools });
    for (const warning of step.warnings) warnings.add(warning);
    if (step.toolCalls.length === 0) {
      if (step.error) throw step.error;
      const { text, finishReason } = step;
      const images = imagesOf(request.messages, history);
      for (const one of imageWarnings(images, session.images, session.subject.name))
        warnings.add(one);
      return { text, finishReason, warnings: [...warnings], steps: number, toolCalls };
    }
    if (withoutTools) throw tooManySteps(session);
    // oxlint-disable-next-line no-await-in-loop -- as above
    const done = await runTools(step.toolCalls, { tools, request, session });
    toolCalls.push(...done.calls);
    history.push({ turn: step.turn, results: done.results });
  }
}

interface Place {
  readonly number: number;
  readonly history: readonly Exchange[];
  readonly withoutTools: boolean;
}

function takeStep({ session, request, spend, limit }: Conversation, place: Place): Promise<Step> {
  const tools = (request.tools ?? []).length > 0;
  const parameters = {
    temperature: session.options.temperature !== undefined,
    max_tokens: request.maxOutputTokens !== undefined,
    stream_options: true,
    // the SDK says "auto" where nothing else is said
    tool_choice: tools,
  };
  const images = imagesOf(request.messages, place.history);
  const send = (): Promise<Step> => streamStep({ session, request, spend, ...place });
  return limit(
    () => persist({ session, signal: request.signal, parameters, images }, send),
    request.signal,
  );
}

/** As the seam says it where the endpoint knows how to be told (`tool_choice`). */
function tooManySteps({ subject }: Session): LanguageModelError {
  const message = `"${subject.name}" asked for tools again where it was to answer.`;
  return new LanguageModelError('bad-answer', message, {
    hint: hintFor('bad-answer', subject.provider),
  });
}
