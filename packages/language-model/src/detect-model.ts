import { issuerOf } from './issuers.ts';
import { GENERIC_KEY_NAME, PROVIDERS } from './providers.ts';
import type { Provider } from './providers.ts';

export interface DetectOptions {
  /** Environment variables; nothing else is looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
}

export interface DetectedModel {
  /** `provider/model`, or `extractive` where no model is at hand. */
  readonly model: string;
  /** What it was found by: the name of a variable, the address of a local runtime, or `nothing`. */
  readonly from: string;
  /** Where the runtime or endpoint is, if not at its usual address. */
  readonly baseUrl?: string;
}

/** A local runtime that has not listed its models by then is taken for absent. */
const PROBE_MS = 300;

/** Models that give vectors or rankings, not text. */
const NOT_FOR_TEXT = /embed|bge-|minilm|rerank|whisper|tts/iu;

/**
 * The model that a new knowledge base can use: of the first provider with a key in `env`, else of a
 * local Ollama or LM Studio that answers within 300 ms, else `extractive`. Never throws.
 */
export async function detectModel({ env, fetch }: DetectOptions): Promise<DetectedModel> {
  return byKey(env) ?? (await byRuntime(env, fetch)) ?? { model: 'extractive', from: 'nothing' };
}

function byKey(env: DetectOptions['env']): DetectedModel | undefined {
  for (const provider of PROVIDERS) {
    const from = provider.keyNames.find((name) => name !== GENERIC_KEY_NAME && env[name]?.trim());
    if (provider.defaultModel !== undefined && from !== undefined)
      return offer(provider, from, env);
  }
  const key = env[GENERIC_KEY_NAME]?.trim();
  if (!key) return undefined;
  const issuer = issuerOf(key) ?? 'openai';
  const provider = PROVIDERS.find(({ name }) => name === issuer);
  return provider && offer(provider, GENERIC_KEY_NAME, env);
}

function offer(provider: Provider, from: string, env: DetectOptions['env']): DetectedModel {
  const baseUrl = provider.name === 'openai' ? env['OPENAI_BASE_URL']?.trim() : undefined;
  const model = `${provider.name}/${provider.defaultModel ?? ''}`;
  return { model, from, ...(baseUrl ? { baseUrl } : {}) };
}

async function byRuntime(
  env: DetectOptions['env'],
  fetch: DetectOptions['fetch'],
): Promise<DetectedModel | undefined> {
  const ollama = ollamaAddress(env['OLLAMA_HOST']);
  const lmstudio = 'http://127.0.0.1:1234';
  const [ollamaModel, lmstudioModel] = await Promise.all([
    firstModel(`${ollama}/api/tags`, fetch),
    firstModel(`${lmstudio}/v1/models`, fetch),
  ]);
  if (ollamaModel !== undefined) {
    const moved = env['OLLAMA_HOST']?.trim() ? { baseUrl: `${ollama}/v1` } : {};
    return { model: `ollama/${ollamaModel}`, from: ollama, ...moved };
  }
  return lmstudioModel === undefined
    ? undefined
    : { model: `lmstudio/${lmstudioModel}`, from: lmstudio };
}

/** `OLLAMA_HOST` may lack the scheme or the port, and names what the server binds to. */
export function ollamaAddress(host: string | undefined): string {
  const given = host?.trim();
  if (!given) return 'http://127.0.0.1:11434';
  const address = /^https?:\/\//u.test(given) ? given : `http://${given}`;
  if (!URL.canParse(address)) return 'http://127.0.0.1:11434';
  const url = new URL(address);
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.port === '' && url.protocol === 'http:' && !/:80\b/u.test(given)) url.port = '11434';
  return url.origin;
}

/** The first model for text that a listing names; Ollama lists the latest first. */
async function firstModel(url: string, fetch: DetectOptions['fetch']): Promise<string | undefined> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PROBE_MS);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok) return undefined;
    const listing = (await response.json()) as {
      readonly models?: readonly { readonly name?: unknown }[];
      readonly data?: readonly { readonly id?: unknown }[];
    };
    const names = [
      ...(listing.models ?? []).map(({ name }) => name),
      ...(listing.data ?? []).map(({ id }) => id),
    ];
    return names
      .filter((name) => typeof name === 'string')
      .find((name) => !NOT_FOR_TEXT.test(name));
  } catch {
    // absent, too slow, or something else on that port
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
