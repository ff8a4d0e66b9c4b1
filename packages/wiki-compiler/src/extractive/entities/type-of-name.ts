/** The type that a name tells by itself. What is not sure is `other`: better no type than a wrong one. */
import type { EntityType } from '../shapes.ts';
import { isAllCapitals } from './case-statistics.ts';
import { isFirstName } from './first-names.ts';
import type { Gazetteer } from './gazetteer.ts';
import {
  EVENT_HEADS,
  ORGANIZATION_HEADS,
  PLACE_HEADS,
  PLACE_PREFIXES,
  PRODUCT_HEADS,
  WORK_HEADS,
} from './head-words.ts';
import { knownType } from './known-names.ts';

export interface TypeVote {
  readonly type: EntityType;
  /** 0 to 1. */
  readonly confidence: number;
}

const OTHER: TypeVote = { type: 'other', confidence: 0.2 };

/** First rule that fits, surest first. `words` are those of the name in order. */
export function typeOfName(words: readonly string[], gazetteer: Gazetteer): TypeVote {
  const name = words.join(' ');
  const first = words[0]?.toLowerCase() ?? '';
  const head = headOf(words);
  if (gazetteer.isPlace(name.toLowerCase())) return { type: 'place', confidence: 0.95 };
  const known = knownType(name.toLowerCase());
  if (known !== undefined) return { type: known, confidence: 0.8 };
  if (words.length === 1) return typeOfWord(words[0] ?? '', first);
  if (/^(?:19|20)\d\d$/.test(words.at(-1) ?? '') && isAllCapitals(words[0] ?? ''))
    return { type: 'event', confidence: 0.8 };
  if (EVENT_HEADS.has(head) && !ORGANIZATION_HEADS.has(head))
    return { type: 'event', confidence: 0.8 };
  if (PLACE_HEADS.has(head)) return { type: 'place', confidence: 0.75 };
  if (WORK_HEADS.has(head)) return { type: 'work', confidence: 0.8 };
  if (ORGANIZATION_HEADS.has(head) || ORGANIZATION_HEADS.has(first))
    return { type: 'organization', confidence: 0.9 };
  if (PLACE_PREFIXES.has(first)) return { type: 'place', confidence: 0.75 };
  if (isPersonName(words)) return { type: 'person', confidence: 0.9 };
  if (PRODUCT_HEADS.has(head)) return { type: 'product', confidence: 0.6 };
  return words.some((word) => /\p{Ll}\p{Lu}/u.test(word))
    ? { type: 'product', confidence: 0.5 }
    : OTHER;
}

/** The word that decides: the last, or the last before *of* and *for*. */
function headOf(words: readonly string[]): string {
  const joiner = words.findIndex((word) => /^(?:of|for|für|der|des)$/.test(word));
  const head = joiner > 0 ? words[joiner - 1] : words.at(-1);
  return (head ?? '').toLowerCase().replace(/\.$/, '');
}

function typeOfWord(word: string, lower: string): TypeVote {
  if (
    ORGANIZATION_HEADS.has(lower) ||
    /-(?:institut|gesellschaft|stiftung|universität)$/.test(lower)
  )
    return { type: 'organization', confidence: 0.3 };
  if (lower.endsWith('straße')) return { type: 'place', confidence: 0.6 };
  // an acronym alone is the worst guess of all
  if (isAllCapitals(word)) return OTHER;
  if (/\p{Ll}\p{Lu}/u.test(word)) return { type: 'product', confidence: 0.6 };
  return isFirstName(lower) ? { type: 'person', confidence: 0.4 } : OTHER;
}

/** A first name or an initial, then one to three words: *Ada Lovelace*, *J. S. Bach*, *Ludwig van Beethoven*. */
export function isPersonName(words: readonly string[]): boolean {
  if (words.length < 2 || words.length > 5) return false;
  const first = words[0] ?? '';
  const last = words.at(-1) ?? '';
  const plain = words.every(
    (word) => /^(?:\p{Lu}[\p{L}'-]*\.?|\p{Ll}{2,5})$/u.test(word) && !isAllCapitals(word),
  );
  if (!plain || last.replace('.', '').length < 2 || !/^\p{Lu}/u.test(last)) return false;
  const initials = words.slice(0, -1).some((word) => /^\p{Lu}\.?$/u.test(word));
  return isFirstName(first.toLowerCase().replace(/\.$/, '')) || initials;
}
