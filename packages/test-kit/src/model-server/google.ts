/** Google Generative Language: `POST /v1beta/models/MODEL:generateContent`. */
import { list, record, textOf } from './json.ts';
import type { Dialect, WireError } from './types.ts';

const FINISH = { stop: 'STOP', length: 'MAX_TOKENS', refused: 'SAFETY' } as const;

const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

export const google: Dialect = {
  name: 'google',

  key: (headers) => headers['x-goog-api-key'],

  read(body, path) {
    const system = textOf(record(body['systemInstruction'])['parts']);
    const turns = list(body['contents']).map((content) => {
      const { role, parts } = record(content);
      return { role: role === 'model' ? 'assistant' : String(role), content: textOf(parts) };
    });
    if (turns.length === 0)
      return refuse('* GenerateContentRequest.contents: contents is not specified');
    if (turns.some(({ role }) => role !== 'user' && role !== 'assistant')) {
      return refuse('Please use a valid role: user, model.');
    }
    const config = record(body['generationConfig']);
    const schema = config['responseSchema'] ?? config['responseJsonSchema'];
    const json = config['responseMimeType'] === 'application/json';
    if (schema !== undefined && !json) {
      return refuse('responseSchema needs the response mime type application/json');
    }
    return {
      model: decodeURIComponent(/models\/([^:]+):/u.exec(path)?.[1] ?? ''),
      messages: [...(system === '' ? [] : [{ role: 'system', content: system }]), ...turns],
      ...(schema === undefined
        ? { format: json ? 'json_object' : 'plain' }
        : { format: 'json_schema', schema }),
    };
  },

  answer: (request, answer, text, usage) => ({
    candidates: [
      {
        content: {
          role: 'model',
          parts: [
            ...(answer.thinking === undefined ? [] : [{ text: answer.thinking, thought: true }]),
            ...(text === '' ? [] : [{ text }]),
          ],
        },
        finishReason: FINISH[answer.finish ?? 'stop'],
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: usage.inputTokens,
      candidatesTokenCount: usage.outputTokens,
      totalTokenCount: usage.inputTokens + usage.outputTokens,
      cachedContentTokenCount: usage.cachedInputTokens ?? 0,
    },
    modelVersion: request.model,
    responseId: 'double',
  }),

  error: ({ status, message }) => ({
    error: { code: status, message, status: STATUS_NAMES[status] ?? 'UNKNOWN', details: [] },
  }),
};

function refuse(message: string): { error: WireError } {
  return { error: { status: 400, message } };
}
