/** Checks what the caller set, so that a wrong setting fails before the first request. */
import { LanguageModelError } from '../error.ts';
import { hintFor } from '../hints.ts';
import type { Provider } from '../providers.ts';

/** A whole number within bounds; text, booleans and fractions are refused, never converted. */
export function checkInteger(
  name: string,
  value: unknown,
  bounds: { readonly from: number; readonly to: number },
): number {
  const { from, to } = bounds;
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) {
    return value;
  }
  throw new LanguageModelError(
    'bad-setting',
    `"${name}" is ${JSON.stringify(value)}, which is not a whole number from ${from} to ${to}.`,
    { hint: `Set "${name}" to a number without quotes.` },
  );
}

/** A setting of a file: digits in quotes are the number that they show. */
export function unquoted(value: unknown): unknown {
  return typeof value === 'string' && /^\d+(?:\.\d+)?$/u.test(value) ? Number(value) : value;
}

/** A number within bounds. */
export function checkNumber(
  name: string,
  value: unknown,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  if (typeof value === 'number' && value >= from && value <= to) return value;
  throw new LanguageModelError(
    'bad-setting',
    `"${name}" is ${JSON.stringify(value)}, which is not a number from ${from} to ${to}.`,
    { hint: `Set "${name}" to a number without quotes.` },
  );
}

/**
 * The address of the provider's API without a slash at its end. The path may be left out, as in the
 * addresses that local runtimes and Azure show to their users.
 *
 * @param values fill in the address of a provider that has one for each resource or region
 */
export function resolveBaseUrl(
  provider: Provider,
  baseUrl: string | undefined,
  values: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = baseUrl ?? filledIn(provider, values);
  if (given === undefined) {
    throw new LanguageModelError('bad-setting', `"${provider.name}" needs a base URL.`, {
      hint: 'Set "base_url" to the address of the endpoint.',
    });
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/u.test(url.protocol)) {
    throw new LanguageModelError('bad-setting', 'The base URL is not an http or https address.', {
      hint: 'Set "base_url" to an address like https://example.com/v1.',
    });
  }
  const address = given.trim().replace(/\/+$/u, '');
  return url.pathname === '/' ? `${address}${provider.basePath ?? ''}` : address;
}

/** Only these characters: a value with a dot, a slash or an @ would lead to another host. */
const HOST_LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/iu;

function filledIn(
  { name, baseUrl }: Provider,
  values: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return baseUrl?.replace(/\{([\w|]+)\}/gu, (_all, alternatives: string) => {
    const names = alternatives.split('|');
    const found = names.map((one) => values[one]?.trim()).find(Boolean);
    if (found !== undefined && HOST_LABEL.test(found)) return found;
    const fault = found === undefined ? 'is not set' : 'cannot be part of an address';
    throw new LanguageModelError('bad-setting', `"${name}" needs "${names[0]}", which ${fault}.`, {
      hint: `Set ${names.join(' or ')}, or "base_url" to the address of the endpoint.`,
    });
  });
}

const VISIBLE = /^[\x21-\x7e]+$/u;

/** The key for the provider, or `undefined` where it needs none. Throws `key-missing`. */
export function resolveKey(
  provider: Provider,
  keys: Readonly<Record<string, string | undefined>>,
  baseUrl: string | undefined,
): string | undefined {
  const name = provider.keyNames.find((one) => keys[one]?.trim());
  const key = name && keys[name]?.trim();
  // else the error of `fetch` would show it
  if (key !== undefined && !VISIBLE.test(key)) {
    throw new LanguageModelError('bad-setting', `"${name}" has a character that no key has.`, {
      hint: `Copy the value of ${name} again, without quotes and line breaks.`,
    });
  }
  // an endpoint of one's own may be open to all
  if (key !== undefined || provider.local || baseUrl !== undefined) return key;
  throw new LanguageModelError('key-missing', `There is no key for "${provider.name}".`, {
    hint: hintFor('key-missing', provider),
  });
}
