/** The port's messages and tools -> the SDK's. */
import type { ModelMessage, Output, ToolSet } from 'ai';

import type { Tool } from '../conversation.ts';
import { shown } from '../images/image-gate.ts';
import type { ImageGate } from '../images/image-gate.ts';
import type { JsonSchema, Message } from '../model.ts';
import { imageParts, toolMessages } from './tool-messages.ts';
import type { Exchange, Format } from './types.ts';

/** Marks that Anthropic takes in one request; the last of them cover the longest prefixes. */
const MOST_CACHE_MARKS = 4;

const MARK = { type: 'ephemeral' };

export interface View extends ImageGate {
  readonly cacheMarks: boolean;
}

export function prompt(
  messages: readonly Message[],
  history: readonly Exchange[],
  view: View,
): {
  system: Extract<ModelMessage, { role: 'system' }>[];
  messages: ModelMessage[];
} {
  const kept = new Set(messages.filter(({ cache }) => cache).slice(-MOST_CACHE_MARKS));
  const marked = messages.map((message) => ({
    role: message.role,
    content: contentOf(message, view),
    ...(view.cacheMarks && kept.has(message)
      ? {
          providerOptions: {
            anthropic: { cacheControl: MARK },
            openaiCompatible: { cache_control: MARK },
          },
        }
      : {}),
  })) as ModelMessage[];
  return {
    system: marked.filter((message) => message.role === 'system'),
    messages: [
      ...marked.filter((message) => message.role !== 'system'),
      ...history.flatMap(({ turn, results }) => [...turn, ...toolMessages(results, view)]),
    ],
  };
}

function contentOf({ role, content, images = [] }: Message, view: View): unknown {
  if (images.length === 0) return content;
  if (role !== 'user') throw new TypeError(`a message of the ${role} has no images`);
  const seen = shown({ text: content, images }, view);
  const text = seen.text === '' ? [] : [{ type: 'text', text: seen.text }];
  return seen.images.length === 0 ? seen.text : [...text, ...imageParts(seen.images)];
}

/** Without `execute`: the loop over the calls is ours. */
export function toolSet(
  tools: readonly Tool[],
  jsonSchema: (schema: JsonSchema) => unknown,
): ToolSet {
  return Object.fromEntries(
    tools.map(({ name, description, parameters }) => [
      name,
      { description, inputSchema: jsonSchema(parameters) },
    ]),
  ) as ToolSet;
}

/** Asks for JSON and leaves the text as it came. */
export function unparsed(format: Exclude<Format, 'plain'>): Output.Output<string, never, never> {
  const schema = typeof format === 'object' ? { schema: format.schema } : {};
  return {
    name: 'unparsed',
    responseFormat: Promise.resolve({ type: 'json', ...schema }),
    parseCompleteOutput: async ({ text }) => text,
    parsePartialOutput: async () => undefined,
    createElementStreamTransform: () => undefined,
  };
}
