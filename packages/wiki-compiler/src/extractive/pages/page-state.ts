import { MENTION } from '../aboutness.ts';
import type { EntityType } from '../shapes.ts';
/** Title, aliases, type and description of a page as a function of its contributions, whatever their order. */
import { compareText } from '../text/keys.ts';
import type { ReadContribution } from './contribution.ts';

export interface PageState {
  readonly title: string;
  /** Sorted, without the title. */
  readonly aliases: readonly string[];
  readonly type: EntityType;
  readonly description: string;
}

const TYPES: readonly EntityType[] = [
  'person',
  'organization',
  'place',
  'product',
  'work',
  'event',
];
/** A description longer than this is cut; it is one line of the index. */
const LONGEST_DESCRIPTION = 320;

/** The state that contributions, in any order, make; undefined without any. */
export function stateOf(contributions: readonly ReadContribution[]): PageState | undefined {
  const sorted = contributions.toSorted((a, b) =>
    compareText(a.record.document, b.record.document),
  );
  const [leader] = sorted.toSorted(
    ({ record: a }, { record: b }) =>
      Number(b.chosen ?? false) - Number(a.chosen ?? false) || b.mentions - a.mentions,
  );
  if (leader === undefined) return undefined;
  const { title } = leader.record;
  const names = new Set(sorted.flatMap(({ record }) => [record.title, ...(record.aliases ?? [])]));
  names.delete(title);
  return {
    title,
    aliases: [...names].toSorted(compareText),
    type: typeOf(sorted),
    description: descriptionOf(sorted),
  };
}

/** Summed over the mentions of all documents; `other` only where no document knows better. */
function typeOf(contributions: readonly ReadContribution[]): EntityType {
  const sums = new Map<EntityType, number>();
  for (const { record } of contributions) {
    const { type = 'other', confidence = 0, mentions } = record;
    sums.set(type, (sums.get(type) ?? 0) + confidence * mentions);
  }
  let best: EntityType = 'other';
  for (const type of TYPES) {
    const sum = sums.get(type) ?? 0;
    if (sum > 0 && (best === 'other' || sum > (sums.get(best) ?? 0))) best = type;
  }
  return best;
}

/**
 * The best definition over the documents, else the first sentence that has the topic as its subject, of
 * the document that says most. What says what something else is describes nothing.
 */
function descriptionOf(contributions: readonly ReadContribution[]): string {
  const [best] = contributions
    .filter(({ quotation, record }) => quotation !== '' && record.about !== 0)
    .toSorted(
      ({ record: a }, { record: b }) =>
        (b.definition ?? 0) - (a.definition ?? 0) ||
        (b.about ?? MENTION) - (a.about ?? MENTION) ||
        Number(b.chosen ?? false) - Number(a.chosen ?? false) ||
        b.mentions - a.mentions,
    );
  return shorten(best?.quotation ?? '', LONGEST_DESCRIPTION);
}

/** At most `longest` characters, cut at a space, with `…` where words are missing. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut
    .slice(0, space > longest / 2 ? space : undefined)
    .replace(/[\s,;:–-]+$/, '')
    .replace(/[\uD800-\uDBFF]$/, '')}…`;
}
