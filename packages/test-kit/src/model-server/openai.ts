/** OpenAI chat completions: `POST /v1/chat/completions`. */
import { openaiImages } from './images.ts';
import { list, pieces, record, textOf } from './json.ts';
import type { JsonRecord } from './json.ts';
import { requestFault } from './openai-rules.ts';
import { dataEvent } from './sse.ts';
import type { Dialect, ModelRequest, Told } from './types.ts';

const FINISH = { stop: 'stop', length: 'length', refused: 'content_filter' } as const;

export const openai: Dialect = {
  name: 'openai',

  key: (headers) => headers['authorization']?.replace(/^Bearer /u, ''),

  read(body) {
    const messages = list(body['messages']).map((message) => {
      const { role, content } = record(message);
      return { role: role === 'developer' ? 'system' : String(role), content: textOf(content) };
    });
    const format = record(body['response_format']);
    const type = format['type'] ?? 'text';
    const error = requestFault(body, messages, type);
    if (error) return { error };
    const images = openaiImages(body);
    if ('status' in images) return { error: images };
    return {
      model: String(body['model']),
      stream: body['stream'] === true,
      messages,
      images,
      tools: list(body['tools']).map((tool) => {
        const { name, parameters } = record(record(tool)['function']);
        return { name: String(name), parameters };
      }),
      ...(type === 'json_schema'
        ? { format: 'json_schema', schema: record(format['json_schema'])['schema'] }
        : { format: type === 'json_object' ? 'json_object' : 'plain' }),
    };
  },

  answer: (request, told) => ({
    ...envelope(request, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: told.text,
          ...(told.answer.thinking === undefined
            ? {}
            : { reasoning_content: told.answer.thinking }),
          ...(told.toolCalls.length === 0 ? {} : { tool_calls: told.toolCalls.map(toolCall) }),
        },
        finish_reason: finishOf(told),
      },
    ],
    usage: usageOf(told),
  }),

  events(request, told) {
    const chunk = (delta: JsonRecord, finish: string | null = null): string =>
      dataEvent({
        ...envelope(request, 'chat.completion.chunk'),
        choices: [{ index: 0, delta, finish_reason: finish }],
      });
    const wantsUsage = record(request.body['stream_options'])['include_usage'] === true;
    return [
      chunk({ role: 'assistant', content: '' }),
      ...pieces(told.answer.thinking ?? '').map((text) => chunk({ reasoning_content: text })),
      ...pieces(told.text).map((content) => chunk({ content })),
      ...told.toolCalls.flatMap((call, index) => [
        chunk({
          tool_calls: [{ ...toolCall(call), index, function: { name: call.name, arguments: '' } }],
        }),
        ...pieces(call.arguments).map((text) =>
          chunk({ tool_calls: [{ index, function: { arguments: text } }] }),
        ),
      ]),
      chunk({}, finishOf(told)),
      ...(wantsUsage
        ? [
            dataEvent({
              ...envelope(request, 'chat.completion.chunk'),
              choices: [],
              usage: usageOf(told),
            }),
          ]
        : []),
      dataEvent('[DONE]'),
    ];
  },

  error: ({ status, message, code, param }) => ({
    error: {
      message,
      type: status < 500 ? 'invalid_request_error' : 'server_error',
      param: param ?? null,
      code: code ?? null,
    },
  }),

  errorEvent: ({ status, message }) =>
    dataEvent({ error: { message, type: 'server_error', param: null, code: status } }),
};

function envelope(request: ModelRequest, object: string): JsonRecord {
  return { id: 'chatcmpl-double', object, created: 1_700_000_000, model: request.model };
}

function toolCall({ id, name, arguments: text }: Told['toolCalls'][number]): JsonRecord {
  return { id, type: 'function', function: { name, arguments: text } };
}

function finishOf({ answer, toolCalls }: Told): string {
  return toolCalls.length > 0 && answer.finish === undefined
    ? 'tool_calls'
    : FINISH[answer.finish ?? 'stop'];
}

function usageOf({ usage }: Told): JsonRecord {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens ?? 0 },
  };
}
