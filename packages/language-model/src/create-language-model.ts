import { askForObject } from './answers/ask-for-object.ts';
import type { Given } from './answers/ask-for-object.ts';
import { ask } from './answers/ask.ts';
import type { Asking, Spend } from './answers/ask.ts';
import { createLadder } from './answers/ladder.ts';
import type { Ladder } from './answers/ladder.ts';
import { createLimiter } from './limiter.ts';
import type { LanguageModel, Usage } from './model.ts';
import type { LanguageModelOptions } from './options.ts';
import { openSession } from './session.ts';
import { checkInteger } from './settings/check.ts';
import { converse } from './stream/converse.ts';
import { addUsage, NO_USAGE } from './usage.ts';

/**
 * The model of that name behind the port. Makes no request and loads no SDK before the first
 * `generate` or `stream`. Throws `LanguageModelError` (`unknown-provider`, `unknown-model`,
 * `key-missing`, `bad-setting`) where the settings cannot lead to an answer.
 */
export function createLanguageModel(options: LanguageModelOptions): LanguageModel {
  const session = openSession(options);
  const limit = createLimiter(
    checkInteger('concurrency', options.concurrency ?? 5, { from: 1, to: 1000 }),
  );
  const ladder = createLadder(session.subject.provider.rungs);
  const warned = new Set<string>();
  let total = NO_USAGE;

  /** The answer with what it cost; each answer on the way is counted when it comes. */
  const counted = async <T extends { readonly warnings: readonly string[] }>(
    onUsage: ((usage: Usage) => void) | undefined,
    work: (spend: Spend) => Promise<T>,
  ): Promise<T & { readonly usage: Usage }> => {
    let usage = NO_USAGE;
    const answer = await work((more) => {
      usage = addUsage(usage, more);
      total = addUsage(total, more);
      onUsage?.(more);
    });
    for (const warning of answer.warnings.filter((one) => !warned.has(one))) {
      warned.add(warning);
      options.onWarning?.(warning);
    }
    return { ...answer, usage };
  };

  return {
    name: session.subject.name,
    usage: () => total,
    estimateTokens: (text) => session.estimator.estimate(text),
    contextTokens: () => session.contextTokens(),
    generate: (request) =>
      limit(
        () => counted(request.onUsage, (spend) => answerTo({ session, request, spend }, ladder)),
        request.signal,
      ),
    stream: (request) =>
      counted(request.onUsage, (spend) => converse({ session, request, spend, limit })),
  };
}

async function answerTo(asking: Omit<Asking, 'format'>, ladder: Ladder): Promise<Given> {
  const { schema } = asking.request;
  if (schema) return ladder.climb((rung) => askForObject(asking, schema, rung));
  const { error, ...answer } = await ask({ ...asking, format: 'plain' });
  if (error) throw error;
  return answer;
}
