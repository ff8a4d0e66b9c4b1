import type { LanguageProfile } from '../../extractive/text/language.ts';

/**
 * Keys of names, each once: names with one key are names of one thing. Case, hyphens, punctuation, plurals, a
 * possessive, an English article and, behind a comma, the order of the words do not count. A name with
 * brackets has the keys of what stands before them and within them too.
 */
export function nameKeys(names: readonly string[], profiles: readonly LanguageProfile[]): string[] {
  const keys = new Set<string>();
  for (const name of names)
    for (const variant of variantsOf(name))
      for (const profile of profiles) keys.add(keyOf(variant, profile));
  keys.delete('');
  return [...keys];
}

function variantsOf(name: string): readonly string[] {
  if (!/[(（,]/.test(name)) return [name];
  const variants = [name];
  const bracket = /^(.*\S)\s*[(（]([^()（）]{1,60})[)）]$/.exec(name);
  if (bracket !== null) variants.push(bracket[1] ?? '', bracket[2] ?? '');
  const [last = '', first = '', ...more] = name.split(',');
  if (more.length === 0 && first.trim() !== '') variants.push(`${first} ${last}`);
  return variants;
}

function keyOf(name: string, { canonical }: LanguageProfile): string {
  const words = wordsOf(name);
  if (words.length > 1 && /^(?:the|an?)$/.test(words[0] ?? '')) words.shift();
  return words.map((word) => canonical(word)).join(' ');
}

function wordsOf(name: string): string[] {
  // most names are plain, and a wiki may have thousands of them
  const words = /^[a-z0-9 -]*$/i.test(name)
    ? name.toLowerCase().split(/[ -]+/)
    : name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/['’]s(?![\p{L}\p{N}])/gu, '')
        .split(/[^\p{L}\p{M}\p{N}+#]+/u);
  return words.filter((word) => word !== '');
}
