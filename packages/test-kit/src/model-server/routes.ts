/** Which path speaks which wire format, and what the listings of models look like. */
import { anthropic } from './anthropic.ts';
import { google } from './google.ts';
import { openai } from './openai.ts';
import type { Dialect, WireAnswer } from './types.ts';

export function dialectOf(path: string): Dialect | undefined {
  if (path.endsWith('/chat/completions')) return openai;
  if (path.endsWith('/messages')) return anthropic;
  return /:(?:streamG|g)enerateContent/u.test(path) ? google : undefined;
}

/** `GET /v1/models` as OpenAI and LM Studio list them, `GET /api/tags` as Ollama does. */
export function listing(path: string, models: readonly string[]): WireAnswer {
  const listings: Readonly<Record<string, unknown>> = {
    '/v1/models': { object: 'list', data: models.map((id) => ({ id, object: 'model' })) },
    '/api/tags': { models: models.map((name) => ({ name, model: name })) },
  };
  const body = listings[path];
  return { status: body ? 200 : 404, body: JSON.stringify(body ?? { error: 'not found' }) };
}
