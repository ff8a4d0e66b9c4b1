/**
 * The seam to the AI SDK: nothing outside this folder imports it, and it is loaded when the first
 * request is made (`bench/load.mjs` says what that costs). What the SDK would do on its own is switched
 * off here: its retries, its loop over tools, its reading of environment variables (key and base URL are
 * always given), its warnings on standard output, its parsing of objects (it throws on fenced JSON).
 */
import { isStrict } from '../schema.ts';
import { createModel } from './create-model.ts';
import { prompt, toolSet, unparsed } from './prompt.ts';
import type { View } from './prompt.ts';
import { readStream } from './read-stream.ts';
import type { Endpoint, Quirks, Sdk } from './types.ts';

/** Loads the SDK and binds it to an endpoint. */
export async function loadSdk(endpoint: Endpoint, quirks: Quirks): Promise<Sdk> {
  const [{ generateText, jsonSchema, streamText }, model] = await Promise.all([
    import('ai'),
    createModel(endpoint),
  ]);
  globalThis.AI_SDK_LOG_WARNINGS ??= false;
  const common = (maxOutputTokens: number | undefined, abortSignal: AbortSignal) => ({
    model,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(endpoint.temperature === undefined ? {} : { temperature: endpoint.temperature }),
    maxRetries: 0,
    abortSignal,
  });
  const view = (): View => ({
    cacheMarks: quirks.cacheMarks,
    quirks: quirks.images,
    provider: endpoint.provider,
  });
  return {
    send: ({ messages, format, maxOutputTokens, signal }) => {
      const strict = { strictJsonSchema: typeof format === 'object' && isStrict(format.schema) };
      return generateText({
        ...common(maxOutputTokens, signal),
        ...prompt(messages, [], view()),
        ...(format === 'plain' ? {} : { output: unparsed(format) }),
        providerOptions: { openai: strict, openaiCompatible: strict },
      });
    },
    stream: ({ messages, history, tools, withoutTools, maxOutputTokens, signal, onPiece }) => {
      const result = streamText({
        ...common(maxOutputTokens, signal),
        ...prompt(messages, history, view()),
        ...(tools.length === 0 ? {} : { tools: toolSet(tools, jsonSchema) }),
        ...(tools.length > 0 && withoutTools ? { toolChoice: 'none' as const } : {}),
        // it would print them
        onError: () => {},
      });
      return readStream(result, onPiece);
    },
  };
}
