/** The canonical key: what makes two spellings the same thing. */
import type { Token } from '../shapes.ts';
import type { LanguageProfile } from './language.ts';
import { normaliseText } from './normalise.ts';
import { canonicalParts, tokenise } from './tokens.ts';

/** Key of a run of tokens. Scripts without spaces join without spaces. */
export function keyOfTokens(tokens: readonly Token[], profile: LanguageProfile): string {
  const gap = profile.spaced ? ' ' : '';
  let key = '';
  for (const { parts } of tokens)
    for (const part of parts) key = key === '' ? part : key + gap + part;
  return key;
}

/** Key of a name as a page's title or alias writes it: case, hyphens, plurals and punctuation do not count. */
export function keyOfName(name: string, profile: LanguageProfile): string {
  // most names are words of plain letters: nothing of them is normalised
  if (/^[A-Za-z\d]+(?:[ -][A-Za-z\d]+)*$/.test(name))
    return name
      .toLowerCase()
      .split(/[ -]/)
      .map((word) => profile.canonical(word))
      .join(profile.spaced ? ' ' : '');
  const plain = normaliseText(name).replace(/[^\p{L}\p{M}\p{N}+#.&'\s-]/gu, ' ');
  const bare = plain
    .replace(/'s(?=\s|$)/g, '')
    .replace(/(?<![\p{L}\p{N}])\.|\.(?![\p{L}\p{N}])/gu, ' ');
  return canonicalParts(bare, (word) => profile.canonical(word)).join(profile.spaced ? ' ' : '');
}

/** The canonical words of a key; where words are not spaced, those that the segmenter finds in it alone. */
export function partsOfKey(key: string, profile: LanguageProfile): string[] {
  if (profile.spaced) return key.split(' ');
  return tokenise(key, profile.language, profile.canonical).flatMap(({ parts }) => parts);
}

/** Order of text by code units: the same in every locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
