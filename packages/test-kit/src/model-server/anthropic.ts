/** Anthropic messages: `POST /v1/messages`, non-streaming. */
import { list, record, textOf } from './json.ts';
import type { Dialect, ModelRequest, WireError } from './types.ts';

const FINISH = { stop: 'end_turn', length: 'max_tokens', refused: 'refusal' } as const;

const ERROR_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

export const anthropic: Dialect = {
  name: 'anthropic',

  key: (headers) => headers['x-api-key'],

  read(body) {
    const system = textOf(body['system']);
    const turns = list(body['messages']).map((message) => {
      const { role, content } = record(message);
      return { role: String(role), content: textOf(content) };
    });
    if (typeof body['model'] !== 'string') return refuse('model: Field required');
    if (typeof body['max_tokens'] !== 'number') return refuse('max_tokens: Field required');
    if (turns.length === 0) return refuse('messages: at least one message is required');
    if (turns.some(({ role }) => role !== 'user' && role !== 'assistant')) {
      return refuse("messages: Unexpected role. Allowed roles are 'user' or 'assistant'");
    }
    if (turns.some(({ content }) => content.trim() === '')) {
      return refuse('messages: text content blocks must be non-empty');
    }
    if (body['stream'] === true) return refuse('stream: this double does not stream');
    const format = record(record(body['output_config'])['format']);
    const schema = format['schema'] ?? record(jsonTool(body))['input_schema'];
    return {
      model: body['model'],
      messages: [...(system === '' ? [] : [{ role: 'system', content: system }]), ...turns],
      ...(schema === undefined ? { format: 'plain' } : { format: 'json_schema', schema }),
    };
  },

  answer(request, answer, text, usage) {
    const cached = usage.cachedInputTokens ?? 0;
    return {
      id: 'msg_double',
      type: 'message',
      role: 'assistant',
      model: request.model,
      content: [
        ...(answer.thinking === undefined
          ? []
          : [{ type: 'thinking', thinking: answer.thinking, signature: 'double' }]),
        ...blocks(request, text),
      ],
      stop_reason: FINISH[answer.finish ?? 'stop'],
      stop_sequence: null,
      usage: {
        input_tokens: usage.inputTokens - cached,
        cache_read_input_tokens: cached,
        cache_creation_input_tokens: 0,
        output_tokens: usage.outputTokens,
      },
    };
  },

  error: ({ status, message }) => ({
    type: 'error',
    error: {
      type: ERROR_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error'),
      message,
    },
    request_id: 'req_double',
  }),
};

/** The forced tool by which older models return JSON. */
function jsonTool(body: Readonly<Record<string, unknown>>): unknown {
  return list(body['tools']).find((tool) => record(tool)['name'] === 'json');
}

function blocks(request: ModelRequest, text: string): unknown[] {
  if (text === '') return [];
  if (jsonTool(request.body) === undefined) return [{ type: 'text', text }];
  return [
    { type: 'tool_use', id: 'toolu_double', name: 'json', input: JSON.parse(text) as unknown },
  ];
}

function refuse(message: string): { error: WireError } {
  return { error: { status: 400, message } };
}
