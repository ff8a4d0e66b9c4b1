/** What the SDK returned -> what callers see, and what is wrong with it. */
import { LanguageModelError } from '../error.ts';
import { estimateTokens } from '../estimate-tokens.ts';
import type { Subject } from '../explain.ts';
import { hintFor } from '../hints.ts';
import type { FinishReason, Message, Usage } from '../model.ts';
import type { SdkAnswer } from '../sdk/types.ts';
import { withoutThinking } from './parse-object.ts';

export interface Answer {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly warnings: readonly string[];
  /** Set where the answer cannot be used, whatever was asked for. */
  readonly error?: LanguageModelError;
}

/** Below this many tokens an estimate is too rough to suspect a cut prompt. */
const SMALLEST_SUSPECT = 2_000;

export function usageOf({ usage }: Pick<SdkAnswer, 'usage'>): Usage {
  const reported = usage.inputTokens !== undefined || usage.outputTokens !== undefined;
  return {
    requests: 1,
    replayed: 0,
    unreported: reported ? 0 : 1,
    inputTokens: usage.inputTokens ?? 0,
    cachedInputTokens: usage.inputTokenDetails.cacheReadTokens ?? 0,
    cacheWriteTokens: usage.inputTokenDetails.cacheWriteTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
    reasoningTokens: usage.outputTokenDetails.reasoningTokens ?? 0,
  };
}

export function readAnswer(
  answer: SdkAnswer,
  messages: readonly Message[],
  subject: Subject,
): Answer {
  const text = withoutThinking(answer.text);
  const finishReason = finishReasonOf(answer.finishReason);
  const error = errorOf(answer, text, subject);
  return {
    text,
    finishReason,
    warnings: [...sdkWarnings(answer), ...cutPrompt(answer, messages, subject)],
    ...(error ? { error } : {}),
  };
}

export function finishReasonOf(reason: SdkAnswer['finishReason']): FinishReason {
  return reason === 'stop' || reason === 'length' ? reason : 'other';
}

function errorOf(
  answer: SdkAnswer,
  text: string,
  subject: Subject,
): LanguageModelError | undefined {
  const bad = (what: string, hint = hintFor('bad-answer', subject.provider)): LanguageModelError =>
    new LanguageModelError('bad-answer', `"${subject.name}" ${what}.`, { hint });
  if (answer.finishReason === 'content-filter') return bad('refused to answer (content filter)');
  if (text !== '') return undefined;
  if (answer.finishReason === 'length') {
    return bad(
      'reached its output limit before it said anything',
      'Raise the limit of output tokens.',
    );
  }
  const reasoned = (answer.reasoningText ?? '') !== '' || answer.text.trim() !== '';
  return bad(reasoned ? 'sent reasoning and no answer' : 'sent an empty answer');
}

export function sdkWarnings(answer: SdkAnswer): string[] {
  return (answer.warnings ?? []).map((warning) =>
    warning.type === 'other'
      ? warning.message
      : `"${warning.feature}" is not supported as asked.${warning.details ? ` ${warning.details}` : ''}`,
  );
}

/** Local runtimes cut a prompt that exceeds their window, and say nothing; the usage gives it away. */
function cutPrompt(answer: SdkAnswer, messages: readonly Message[], subject: Subject): string[] {
  const read = answer.usage.inputTokens;
  const sent = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  if (read === undefined || read === 0 || sent < SMALLEST_SUSPECT || read >= sent / 2) return [];
  return [
    `"${subject.name}" read ${read} of about ${sent} tokens: its context window is probably too small, and it cut the prompt.`,
  ];
}
