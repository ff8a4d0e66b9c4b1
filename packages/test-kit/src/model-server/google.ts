/** Google Generative Language: `POST /v1beta/models/MODEL:generateContent` and `:streamGenerateContent`. */
import { googleImages } from './images.ts';
import { list, pieces, record, textOf } from './json.ts';
import type { JsonRecord } from './json.ts';
import { dataEvent } from './sse.ts';
import type { Dialect, ModelRequest, Told, WireError } from './types.ts';

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
    const turns = list(body['contents']).flatMap((content) => {
      const { role, parts } = record(content);
      const results = list(parts)
        .map((part) => record(part)['functionResponse'])
        .filter((result) => result !== undefined)
        .map((result) => ({
          role: 'tool',
          content: resultOf(record(record(result)['response'])['content']),
        }));
      if (results.length > 0) return results;
      return [{ role: role === 'model' ? 'assistant' : String(role), content: textOf(parts) }];
    });
    if (turns.length === 0)
      return refuse('* GenerateContentRequest.contents: contents is not specified');
    if (turns.some(({ role }) => !['user', 'assistant', 'tool'].includes(role))) {
      return refuse('Please use a valid role: user, model.');
    }
    const images = googleImages(body);
    if ('status' in images) return { error: images };
    const config = record(body['generationConfig']);
    const schema = config['responseSchema'] ?? config['responseJsonSchema'];
    const json = config['responseMimeType'] === 'application/json';
    if (schema !== undefined && !json) {
      return refuse('responseSchema needs the response mime type application/json');
    }
    return {
      model: decodeURIComponent(/models\/([^:]+):/u.exec(path)?.[1] ?? ''),
      stream: path.includes(':streamGenerateContent'),
      tools: list(body['tools'])
        .flatMap((group) => list(record(group)['functionDeclarations']))
        .map((tool) => ({
          name: String(record(tool)['name']),
          parameters: record(tool)['parameters'] ?? record(tool)['parametersJsonSchema'],
        })),
      messages: [...(system === '' ? [] : [{ role: 'system', content: system }]), ...turns],
      images,
      ...(schema === undefined
        ? { format: json ? 'json_object' : 'plain' }
        : { format: 'json_schema', schema }),
    };
  },

  answer: (request, told) =>
    wholeOf(request, told, [
      ...(told.answer.thinking === undefined
        ? []
        : [{ text: told.answer.thinking, thought: true }]),
      ...(told.text === '' ? [] : [{ text: told.text }]),
      ...calls(told),
    ]),

  events: (request, told) => [
    ...pieces(told.answer.thinking ?? '').map((text) =>
      dataEvent({ candidates: [candidate([{ text, thought: true }])] }),
    ),
    ...pieces(told.text).map((text) => dataEvent({ candidates: [candidate([{ text }])] })),
    dataEvent(wholeOf(request, told, calls(told))),
  ],

  error: ({ status, message }) => ({
    error: { code: status, message, status: STATUS_NAMES[status] ?? 'UNKNOWN', details: [] },
  }),

  errorEvent: ({ status, message }) =>
    dataEvent({ error: { code: status, message, status: STATUS_NAMES[status] ?? 'UNKNOWN' } }),
};

function resultOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function candidate(parts: readonly JsonRecord[]): JsonRecord {
  return { content: { role: 'model', parts }, index: 0 };
}

function calls({ toolCalls }: Told): JsonRecord[] {
  return toolCalls.map(({ name, input }) => ({ functionCall: { name, args: input } }));
}

/** The whole answer, and the last event of a stream. */
function wholeOf(request: ModelRequest, told: Told, parts: readonly JsonRecord[]): JsonRecord {
  const { answer, usage } = told;
  return {
    candidates: [{ ...candidate(parts), finishReason: FINISH[answer.finish ?? 'stop'] }],
    usageMetadata: {
      promptTokenCount: usage.inputTokens,
      candidatesTokenCount: usage.outputTokens,
      totalTokenCount: usage.inputTokens + usage.outputTokens,
      cachedContentTokenCount: usage.cachedInputTokens ?? 0,
    },
    modelVersion: request.model,
    responseId: 'double',
  };
}

function refuse(message: string): { error: WireError } {
  return { error: { status: 400, message } };
}
