/** OpenAI chat completions: `POST /v1/chat/completions`, non-streaming. */
import { list, record, textOf } from './json.ts';
import type { JsonRecord } from './json.ts';
import { strictSchemaFault } from './strict-schema.ts';
import type { Dialect, ModelRequest, WireError } from './types.ts';

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
    const error = fault(body, messages, type, record(format['json_schema']));
    if (error) return { error };
    return {
      model: String(body['model']),
      messages,
      ...(type === 'json_schema'
        ? { format: 'json_schema', schema: record(format['json_schema'])['schema'] }
        : { format: type === 'json_object' ? 'json_object' : 'plain' }),
    };
  },

  answer: (request, answer, text, usage) => ({
    id: 'chatcmpl-double',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: request.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text,
          ...(answer.thinking === undefined ? {} : { reasoning_content: answer.thinking }),
        },
        finish_reason: FINISH[answer.finish ?? 'stop'],
      },
    ],
    usage: {
      prompt_tokens: usage.inputTokens,
      completion_tokens: usage.outputTokens,
      total_tokens: usage.inputTokens + usage.outputTokens,
      prompt_tokens_details: { cached_tokens: usage.cachedInputTokens ?? 0 },
    },
  }),

  error: ({ status, message, code, param }) => ({
    error: {
      message,
      type: status < 500 ? 'invalid_request_error' : 'server_error',
      param: param ?? null,
      code: code ?? null,
    },
  }),
};

function fault(
  body: JsonRecord,
  messages: ModelRequest['messages'],
  type: unknown,
  schema: JsonRecord,
): WireError | undefined {
  if (typeof body['model'] !== 'string')
    return refuse('model', 'you must provide a model parameter');
  if (messages.length === 0) return refuse('messages', "Invalid 'messages': empty array.");
  if (messages.some(({ role }) => !['system', 'user', 'assistant'].includes(role))) {
    return refuse('messages', "Invalid value for 'role'.");
  }
  if (body['stream'] === true) return refuse('stream', 'This double does not stream.');
  if (type === 'json_object' && !messages.some(({ content }) => /json/iu.test(content))) {
    return refuse(
      'messages',
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
  if (type === 'json_schema') {
    if (typeof schema['name'] !== 'string') {
      return refuse(
        'response_format',
        "Missing required parameter: 'response_format.json_schema.name'.",
      );
    }
    const wrong = schema['strict'] === true ? strictSchemaFault(schema['schema']) : undefined;
    return wrong === undefined
      ? undefined
      : refuse('response_format', `Invalid schema for response_format 'response': ${wrong}`);
  }
  return undefined;
}

function refuse(param: string, message: string): WireError {
  return { status: 400, message, param };
}
