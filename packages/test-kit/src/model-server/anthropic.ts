/** Anthropic messages: `POST /v1/messages`. */
import { anthropicEvents } from './anthropic-events.ts';
import { anthropicImages } from './images.ts';
import { countKey, list, record, textOf } from './json.ts';
import type { JsonRecord } from './json.ts';
import { namedEvent } from './sse.ts';
import type { Dialect, ModelRequest, Told, WireError } from './types.ts';

const FINISH = { stop: 'end_turn', length: 'max_tokens', refused: 'refusal' } as const;

/** Marks that one request may carry. */
const MOST_CACHE_MARKS = 4;

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

  key: (headers) => headers['x-api-key'] ?? headers['authorization']?.replace(/^Bearer /u, ''),

  read(body) {
    const error = fault(body);
    if (error) return { error };
    const images = anthropicImages(body);
    if ('status' in images) return { error: images };
    const system = textOf(body['system']);
    const format = record(record(body['output_config'])['format']);
    const schema = format['schema'] ?? record(jsonTool(body))['input_schema'];
    return {
      model: String(body['model']),
      stream: body['stream'] === true,
      messages: [
        ...(system === '' ? [] : [{ role: 'system', content: system }]),
        ...list(body['messages']).flatMap(turns),
      ],
      images,
      tools: list(body['tools'])
        .filter((tool) => tool !== jsonTool(body))
        .map((tool) => ({
          name: String(record(tool)['name']),
          parameters: record(tool)['input_schema'],
        })),
      ...(schema === undefined ? { format: 'plain' } : { format: 'json_schema', schema }),
    };
  },

  answer: (request, told) => ({
    ...envelope(request, told),
    content: contentOf(request, told),
    stop_reason: finishOf(request, told),
  }),

  events: (request, told) =>
    anthropicEvents({
      envelope: envelope(request, told),
      blocks: contentOf(request, told),
      stopReason: finishOf(request, told),
      outputTokens: told.usage.outputTokens,
    }),

  error: (error) => ({ ...errorBody(error), request_id: 'req_double' }),

  errorEvent: (error) => namedEvent('error', errorBody(error)),
};

function errorBody({ status, message }: WireError): JsonRecord {
  const type = ERROR_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
  return { type: 'error', error: { type, message } };
}

function fault(body: JsonRecord): WireError | undefined {
  const messages = list(body['messages']).map(record);
  if (typeof body['model'] !== 'string') return refuse('model: Field required');
  if (typeof body['max_tokens'] !== 'number') return refuse('max_tokens: Field required');
  if (messages.length === 0) return refuse('messages: at least one message is required');
  if (messages.some(({ role }) => role !== 'user' && role !== 'assistant')) {
    return refuse("messages: Unexpected role. Allowed roles are 'user' or 'assistant'");
  }
  if (messages.some(({ content }) => isEmpty(content))) {
    return refuse('messages: text content blocks must be non-empty');
  }
  const marks = countKey(body, 'cache_control');
  if (marks > MOST_CACHE_MARKS) {
    return refuse(`A maximum of ${MOST_CACHE_MARKS} blocks with cache_control may be provided.`);
  }
  return unansweredUse(messages);
}

function isEmpty(content: unknown): boolean {
  if (typeof content === 'string') return content.trim() === '';
  const blocks = list(content).map(record);
  return (
    blocks.length === 0 || blocks.some(({ type, text }) => type === 'text' && !String(text).trim())
  );
}

/** Each `tool_use` is answered in the very next message. */
function unansweredUse(messages: readonly JsonRecord[]): WireError | undefined {
  for (const [index, message] of messages.entries()) {
    const answered = new Set(
      list(messages[index + 1]?.['content']).map((part) => record(part)['tool_use_id']),
    );
    const missing = list(message['content'])
      .map(record)
      .find(({ type, id }) => type === 'tool_use' && !answered.has(id));
    if (missing) {
      return refuse(
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${String(missing['id'])}`,
      );
    }
  }
  return undefined;
}

/** A message, and apart from it each tool's result that it carries. */
function turns(message: unknown): { role: string; content: string }[] {
  const { role, content } = record(message);
  const results = list(content).filter((part) => record(part)['type'] === 'tool_result');
  const rest = { role: String(role), content: textOf(content) };
  return [
    ...results.map((part) => ({ role: 'tool', content: textOf(record(part)['content']) })),
    ...(results.length > 0 && rest.content === '' ? [] : [rest]),
  ];
}

function envelope(request: ModelRequest, { usage }: Told): JsonRecord {
  const cached = usage.cachedInputTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  return {
    id: 'msg_double',
    type: 'message',
    role: 'assistant',
    model: request.model,
    stop_sequence: null,
    usage: {
      input_tokens: usage.inputTokens - cached - written,
      cache_read_input_tokens: cached,
      cache_creation_input_tokens: written,
      output_tokens: usage.outputTokens,
    },
  };
}

/** The forced tool by which older models return JSON. */
function jsonTool(body: JsonRecord): unknown {
  return list(body['tools']).find((tool) => record(tool)['name'] === 'json');
}

function contentOf(request: ModelRequest, told: Told): JsonRecord[] {
  const { thinking } = told.answer;
  const asTool = told.text !== '' && jsonTool(request.body) !== undefined;
  return [
    ...(thinking === undefined ? [] : [{ type: 'thinking', thinking, signature: 'double' }]),
    ...(told.text === '' || asTool ? [] : [{ type: 'text', text: told.text }]),
    ...(asTool ? [toolUse('toolu_json', 'json', JSON.parse(told.text))] : []),
    ...told.toolCalls.map(({ id, name, input }) => toolUse(id, name, input)),
  ];
}

function toolUse(id: string, name: string, input: unknown): JsonRecord {
  return { type: 'tool_use', id, name, input };
}

function finishOf(request: ModelRequest, { answer, toolCalls }: Told): string {
  const calls = toolCalls.length > 0 || jsonTool(request.body) !== undefined;
  return calls && answer.finish === undefined ? 'tool_use' : FINISH[answer.finish ?? 'stop'];
}

function refuse(message: string): WireError {
  return { status: 400, message };
}
