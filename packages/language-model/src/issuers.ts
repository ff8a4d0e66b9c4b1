/** Who issued a key, by its first characters. */

const PREFIXES: readonly (readonly [prefix: string, provider: string])[] = [
  ['sk-ant-', 'anthropic'],
  ['sk-or-', 'openrouter'],
  ['sk-proj-', 'openai'],
  ['AIza', 'gemini'],
  ['gsk_', 'groq'],
];

/** `undefined` where they do not tell. */
export function issuerOf(key: string): string | undefined {
  return PREFIXES.find(([prefix]) => key.startsWith(prefix))?.[1];
}
