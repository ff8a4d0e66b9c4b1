import { setTimeout as delay } from 'node:timers/promises';

import { createLanguageModel, detectModel, LanguageModelError } from '../src/index.ts';

export async function explainAttention(env: Record<string, string | undefined>): Promise<string> {
  const { model: name, baseUrl } = await detectModel({ env, fetch });
  if (name === 'extractive') return 'No model is at hand.';

  const model = createLanguageModel({
    model: name,
    baseUrl,
    keys: env,
    fetch,
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
  });
  try {
    const { object, usage } = await model.generate({
      messages: [
        { role: 'system', content: 'You explain terms of machine learning.', cache: true },
        { role: 'user', content: 'Explain attention.' },
      ],
      schema: {
        type: 'object',
        properties: {
          title: { type: 'string' },
          sentences: { type: 'array', items: { type: 'string' } },
        },
        required: ['title', 'sentences'],
        additionalProperties: false,
      },
    });
    const { title, sentences } = object as { title: string; sentences: string[] };
    return `${title}: ${sentences.join(' ')} (${usage.requests} request)`;
  } catch (error) {
    if (error instanceof LanguageModelError && error.code === 'key-refused')
      return error.hint ?? '';
    throw error;
  }
}
