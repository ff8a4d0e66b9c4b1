import { parseObject } from '../answers/parse-object.ts';
import type { GenerateRequest, GenerateResult, LanguageModel } from '../model.ts';
import { schemaCheck } from '../schema.ts';
import { NO_USAGE } from '../usage.ts';
import { replyKey } from './reply-key.ts';

/** Where replies are kept. What a key is given is what it gives back, or nothing. */
export interface ReplyStore {
  get(key: string): string | undefined | Promise<string | undefined>;
  set(key: string, reply: string): void | Promise<void>;
  delete(key: string): void | Promise<void>;
}

export interface CachingModel extends LanguageModel {
  /**
   * Forgets the answer to this request, as the caller cannot use it: else asking again would give it
   * again, for ever. Failures of the store are ignored.
   */
  reject(request: Pick<GenerateRequest, 'messages' | 'schema'>): Promise<void>;
}

/**
 * A model that asks only what it was not asked before: an interrupted command that is run again pays for
 * what is missing. A reply out of the store costs nothing and counts as `replayed`. Only whole answers are
 * kept, never errors or what was cut off; a stored reply that does not fit the schema any more, or cannot
 * be read, is asked for again. A store that fails is a warning, not an error. `stream` is not cached.
 */
export function withReplyCache(model: LanguageModel, store: ReplyStore): CachingModel {
  return {
    ...model,
    async generate(request) {
      const key = replyKey(model.name, request);
      const stored = await Promise.resolve()
        .then(() => store.get(key))
        .catch(() => undefined);
      const replayed = stored === undefined ? undefined : await read(stored, request);
      if (replayed) {
        request.onUsage?.(replayed.usage);
        return replayed;
      }
      const result = await model.generate(request);
      if (result.finishReason !== 'stop') return result;
      try {
        await store.set(key, write(result));
        return result;
      } catch {
        const warning = 'A reply could not be kept: asking again would cost again.';
        return { ...result, warnings: [...result.warnings, warning] };
      }
    },
    async reject(request) {
      try {
        await store.delete(replyKey(model.name, request));
      } catch {
        // it stays, and is rejected again
      }
    },
  };
}

const REPLAYED = { ...NO_USAGE, replayed: 1 };

/** The object apart: the text may hold it in fences and prose. */
function write({ text, object }: GenerateResult): string {
  return JSON.stringify({ text, ...(object === undefined ? {} : { object }) });
}

async function read(
  stored: string,
  { schema }: GenerateRequest,
): Promise<GenerateResult | undefined> {
  const reply = parse(stored);
  if (typeof reply?.['text'] !== 'string') return undefined;
  const text = reply['text'];
  const result = { text, usage: REPLAYED, finishReason: 'stop', warnings: [] } as const;
  if (!schema) return text === '' ? undefined : result;
  const parsed = parseObject(JSON.stringify(reply['object']) ?? '', await schemaCheck(schema));
  return 'object' in parsed ? { ...result, object: parsed.object } : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
