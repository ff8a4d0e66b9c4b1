/** What OpenAI refuses in a request for a chat completion. */
import { list, record } from './json.ts';
import type { JsonRecord } from './json.ts';
import { strictSchemaFault } from './strict-schema.ts';
import type { ModelRequest, WireError } from './types.ts';

const ROLES = new Set(['system', 'user', 'assistant', 'tool']);

/** The first thing that is wrong with a request, or `undefined`. */
export function requestFault(
  body: JsonRecord,
  messages: ModelRequest['messages'],
  format: unknown,
): WireError | undefined {
  if (typeof body['model'] !== 'string')
    return refuse('model', 'you must provide a model parameter');
  if (messages.length === 0) return refuse('messages', "Invalid 'messages': empty array.");
  if (messages.some(({ role }) => !ROLES.has(role))) {
    return refuse('messages', "Invalid value for 'role'.");
  }
  if (body['tool_choice'] !== undefined && list(body['tools']).length === 0) {
    return refuse('tool_choice', "'tool_choice' is only allowed when 'tools' are specified.");
  }
  if (body['parallel_tool_calls'] === null) {
    return refuse('parallel_tool_calls', "Invalid type for 'parallel_tool_calls': null.");
  }
  return unansweredCall(body) ?? formatFault(body, messages, format);
}

/** Each call of a tool is answered in the messages that follow it. */
function unansweredCall(body: JsonRecord): WireError | undefined {
  const messages = list(body['messages']).map(record);
  const answered = new Set(messages.map((message) => message['tool_call_id']));
  const missing = messages
    .flatMap((message) => list(message['tool_calls']))
    .map((call) => record(call)['id'])
    .find((id) => !answered.has(id));
  return missing === undefined
    ? undefined
    : refuse(
        'messages',
        `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. Missing: ${JSON.stringify(missing)}`,
      );
}

function formatFault(
  body: JsonRecord,
  messages: ModelRequest['messages'],
  format: unknown,
): WireError | undefined {
  if (format === 'json_object' && !messages.some(({ content }) => /json/iu.test(content))) {
    return refuse(
      'messages',
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
  if (format !== 'json_schema') return undefined;
  const schema = record(record(body['response_format'])['json_schema']);
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

function refuse(param: string, message: string): WireError {
  return { status: 400, message, param };
}
