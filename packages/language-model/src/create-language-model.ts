import { askForObject } from './ask-for-object.ts';
import type { Given } from './ask-for-object.ts';
import { ask } from './ask.ts';
import type { Asking } from './ask.ts';
import { createLadder } from './ladder.ts';
import type { Ladder } from './ladder.ts';
import { createLimiter } from './limiter.ts';
import type { LanguageModel, Usage } from './model.ts';
import type { LanguageModelOptions } from './options.ts';
import { openSession } from './session.ts';
import { checkInteger } from './settings.ts';
import { addUsage, NO_USAGE } from './usage.ts';

/**
 * The model of that name behind the port. Makes no request and loads no SDK before the first
 * `generate`. Throws `LanguageModelError` (`unknown-provider`, `unknown-model`, `key-missing`,
 * `bad-setting`) where the settings cannot lead to an answer.
 */
export function createLanguageModel(options: LanguageModelOptions): LanguageModel {
  const session = openSession(options);
  const limit = createLimiter(
    checkInteger('concurrency', options.concurrency ?? 5, { from: 1, to: 1000 }),
  );
  const ladder = createLadder(session.subject.provider.rungs);
  let total = NO_USAGE;

  return {
    name: session.subject.name,
    usage: () => total,
    generate: (request) =>
      limit(async () => {
        let usage = NO_USAGE;
        const spend = (more: Usage): void => {
          usage = addUsage(usage, more);
          total = addUsage(total, more);
        };
        const answer = await answerTo({ session, request, spend }, ladder);
        return { ...answer, usage };
      }),
  };
}

async function answerTo(asking: Omit<Asking, 'format'>, ladder: Ladder): Promise<Given> {
  const { schema } = asking.request;
  if (schema) return ladder.climb((rung) => askForObject(asking, schema, rung));
  const { error, ...answer } = await ask({ ...asking, format: 'plain' });
  if (error) throw error;
  return answer;
}
