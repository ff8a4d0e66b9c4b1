/** The pages that a saved answer rests on: `cites` in the front matter of an exploration, paths relative to `wiki/`. */
import { readFrontMatter, updateFrontMatter } from '@openkb/wiki';

export function citesOf(fields: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const cites = fields?.['cites'];
  return Array.isArray(cites) ? cites.filter((one) => typeof one === 'string') : [];
}

/** The page without those that are gone; as it is where none is. */
export function withoutCites(text: string, isGone: (page: string) => boolean): string {
  const { cites } = readFrontMatter(text);
  if (!Array.isArray(cites)) return text;
  const kept = (cites as unknown[]).filter((one) => typeof one !== 'string' || !isGone(one));
  return kept.length === cites.length ? text : updateFrontMatter(text, { cites: kept });
}
