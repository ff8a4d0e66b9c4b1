/** What a test tells the double to answer and to refuse. */
import { exampleOf } from './example.ts';
import { hasKey } from './json.ts';
import type { ModelAnswer, ModelReply, ModelRequest, ModelUsage, WireError } from './types.ts';

export interface ModelServerOptions {
  /** Replies in the order in which requests arrive; a request beyond them is refused (400). */
  readonly replies?: readonly ModelReply[];
  /** Chooses the reply by the request instead; `index` counts from 0. It may make the request wait for others. */
  readonly reply?: (request: ModelRequest, index: number) => ModelReply | Promise<ModelReply>;
  /** The only key that is accepted; absent, any and none. */
  readonly key?: string;
  /**
   * Refused with status 400: `json_schema` and `json_object` as output formats, any other word as the
   * name of a request parameter at any depth (`max_tokens`, `cache_control`).
   */
  readonly refuses?: readonly string[];
  /** Sends whole answers also where a stream is asked for, as some gateways do. */
  readonly ignoresStream?: boolean;
  /** The models on offer, in the listings too; absent, any model answers and the listings are empty. */
  readonly models?: readonly string[];
}

/** The scripted reply, or `undefined` where the script has run out. */
export function replyTo(
  options: ModelServerOptions,
  request: ModelRequest,
  index: number,
): ModelReply | undefined | Promise<ModelReply> {
  if (options.reply) return options.reply(request, index);
  return options.replies ? options.replies[index] : unscripted(request);
}

/** What is answered where nothing is scripted: the smallest right answer. */
export function unscripted(request: ModelRequest): ModelAnswer {
  if (request.format === 'json_schema') return { object: exampleOf(request.schema) };
  return { text: request.format === 'json_object' ? '{}' : 'Text.' };
}

/** What the double was told to refuse, and models that it does not have. */
export function refusalOf(
  options: ModelServerOptions,
  request: ModelRequest,
): WireError | undefined {
  if (options.models && !options.models.includes(request.model)) {
    const message = `The model '${request.model}' does not exist or you do not have access to it.`;
    return { status: 404, message, code: 'model_not_found' };
  }
  for (const name of options.refuses ?? []) {
    const isFormat = name === 'json_schema' || name === 'json_object';
    if (isFormat && request.format === name) {
      const message = `Invalid parameter: 'response_format' of type '${name}' is not supported with this model.`;
      return { status: 400, message, param: 'response_format' };
    }
    if (!isFormat && hasKey(request.body, name)) {
      const message = `Unsupported parameter: '${name}' is not supported with this model.`;
      return { status: 400, message, param: name, code: 'unsupported_parameter' };
    }
  }
  return undefined;
}

/** Tokens by length: 4 characters each. */
export function countUsage(request: ModelRequest, answer: string): ModelUsage {
  const characters = request.messages.reduce((sum, { content }) => sum + content.length, 0);
  return { inputTokens: Math.ceil(characters / 4), outputTokens: Math.ceil(answer.length / 4) };
}
