/** From the types that rules can tell to those that a knowledge base is configured with. */
import type { EntityType } from './shapes.ts';

/** Other words for a type that configurations use. */
const SYNONYMS: Readonly<Record<EntityType, readonly string[]>> = {
  person: ['person', 'people', 'human', 'author'],
  organization: ['organization', 'organisation', 'company', 'institution', 'org'],
  place: ['place', 'location', 'region', 'city', 'country'],
  product: ['product', 'tool', 'software', 'technology'],
  work: ['work', 'publication', 'document', 'book', 'artwork'],
  event: ['event'],
  other: ['other'],
};

/** The configured name of a type in lower case; `other` for what fits none. */
export function configuredType(type: EntityType, configured: readonly string[]): string {
  const known = new Set(configured.map((one) => one.toLowerCase()));
  return SYNONYMS[type].find((name) => known.has(name)) ?? 'other';
}

export function capitalised(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}
