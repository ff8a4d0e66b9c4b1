/** The list `sources` of a page: paths of summaries, or mappings with a `resource` as the Open Knowledge Format has them. */
import { pagePath } from '@openkb/wiki';

/** The list with a document in it; entries that are there keep their form and place. */
export function withSource(value: unknown, name: string): unknown[] {
  const list = listOf(value);
  return list.some((entry) => documentIn(entry) === name)
    ? list
    : [...list, pagePath('summaries', name)];
}

export function withoutSource(value: unknown, name: string): unknown[] {
  return listOf(value).filter((entry) => documentIn(entry) !== name);
}

/** Names of the documents of the list. */
export function documentsOf(value: unknown): string[] {
  return listOf(value).flatMap((entry) => documentIn(entry) ?? []);
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function documentIn(entry: unknown): string | undefined {
  const path =
    typeof entry === 'object' && entry !== null && 'resource' in entry ? entry.resource : entry;
  if (typeof path !== 'string') return undefined;
  return path
    .replace(/^\[\[([^\]|#]*).*$/, '$1')
    .replace(/^\/?(?:wiki\/)?summaries\//, '')
    .replace(/\.md$/, '')
    .trim();
}
