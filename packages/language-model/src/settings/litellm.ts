/** The `litellm:` block of `config.yaml`, whose names and units are those of LiteLLM. */
import { LanguageModelError } from '../error.ts';
import { checkInteger, checkNumber, unquoted } from './check.ts';

export interface LitellmSettings {
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly dropParameters?: boolean;
  readonly temperature?: number;
  readonly extraHeaders?: Readonly<Record<string, string>>;
}

/** RFC 9110, 5.1 and 5.5; a value with a line break would be another header. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/u;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/u;

/**
 * Reads what is ours of the block: `timeout` (seconds), `num_retries`, `drop_params`, `temperature`,
 * `extra_headers`. Other keys are passed over. Throws `bad-setting` for a value of another type.
 */
export function readLitellm(block: unknown): LitellmSettings {
  if (block === undefined || block === null) return {};
  if (!isRecord(block)) throw bad('litellm', 'is not a block of settings');
  const { drop_params: drop } = block;
  const [timeout, retries, temperature] = ['timeout', 'num_retries', 'temperature'].map((name) =>
    unquoted(block[name]),
  );
  if (isSet(drop) && typeof drop !== 'boolean') {
    throw bad('litellm.drop_params', 'is neither true nor false');
  }
  return {
    ...(isSet(timeout)
      ? {
          timeoutMs: Math.max(
            1,
            Math.round(checkNumber('litellm.timeout', timeout, { from: 0.001, to: 86_400 }) * 1000),
          ),
        }
      : {}),
    ...(isSet(retries)
      ? { retries: checkInteger('litellm.num_retries', retries, { from: 0, to: 20 }) }
      : {}),
    ...(typeof drop === 'boolean' ? { dropParameters: drop } : {}),
    ...(isSet(temperature)
      ? { temperature: checkNumber('litellm.temperature', temperature, { from: 0, to: 2 }) }
      : {}),
    ...(isSet(block['extra_headers']) ? { extraHeaders: headers(block['extra_headers']) } : {}),
  };
}

/** Names in lower case. */
function headers(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw bad('litellm.extra_headers', 'is not a list of names with values');
  return Object.fromEntries(
    Object.entries(value).map(([name, given]) => {
      const text = typeof given === 'number' ? String(given) : given;
      checkHeader(name, text);
      return [name.toLowerCase(), text];
    }),
  );
}

/** Throws `bad-setting`. The value is not in the error: it may be a secret. */
export function checkHeader(name: string, value: unknown): asserts value is string {
  if (HEADER_NAME.test(name) && typeof value === 'string' && HEADER_VALUE.test(value)) return;
  throw bad(`litellm.extra_headers.${name.replace(/[^\w-]/gu, '?')}`, 'is not a header');
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(name: string, fault: string): LanguageModelError {
  return new LanguageModelError('bad-setting', `"${name}" ${fault}.`, {
    hint: `Correct "${name}" in the settings.`,
  });
}
