import { mendLinks, pageFacts, splitFrontMatter, updateFrontMatter } from '@openkb/wiki';

import { withoutCites } from '../knowledge-base/cites.ts';

const TYPES: Readonly<Record<string, string>> = {
  sources: 'Source',
  summaries: 'Summary',
  concepts: 'Concept',
  entities: 'Other',
  explorations: 'Exploration',
  reports: 'Report',
};

export interface MendPage {
  /** Relative to `wiki/`. */
  readonly path: string;
  readonly text: string;
  readonly resolve: (target: string) => string | undefined;
  /** The type of an entity that says none, from the index. */
  readonly entityType?: string | undefined;
}

/**
 * A page that a program wrote, with all mended that code can mend: links, what cites no page, a missing `type`, keys that stand twice
 * with one value, and, where something else is mended, the older `brief`. Nothing that says something goes.
 */
export function mendPage({ path, text, resolve, entityType }: MendPage): string {
  const [folder = ''] = path.split('/', 1);
  const isQuoting = folder === 'sources' || folder === 'reports';
  const linked = isQuoting ? text : mendLinks(text, resolve);
  const type = folder === 'entities' ? (entityType ?? TYPES[folder]) : TYPES[folder];
  const cited = folder === 'explorations' ? withoutCites(linked, (one) => !resolve(one)) : linked;
  const mended = withType(withoutRepeats(cited, path), path, type);
  return mended === text ? text : withoutBrief(mended);
}

function withType(text: string, path: string, type: string | undefined): string {
  const { frontMatter, fields } = pageFacts(path, text);
  if (frontMatter === 'unreadable' || type === undefined) return text;
  // what was meant as front matter and is none is a person's to mend
  if (frontMatter === 'missing') return isOpened(text) ? text : updateFrontMatter(text, { type });
  const given = fields['type'];
  return typeof given === 'string' && given.trim() !== ''
    ? text
    : updateFrontMatter(text, { type });
}

const isOpened = (text: string): boolean => /^\uFEFF?---[ \t]*\r?$/m.exec(text)?.index === 0;

/** Keys whose lines are the same are left once; where they differ nobody but a person knows which is meant. */
function withoutRepeats(text: string, path: string): string {
  const { repeatedKeys, fields } = pageFacts(path, text);
  let result = text;
  for (const key of new Set(repeatedKeys.map((one) => one.key))) {
    const lines = splitFrontMatter(result)
      .block.split(/\r?\n/)
      .map((line, n, all) => ({ line, next: all[n + 1] ?? '' }))
      .filter(({ line }) => line.startsWith(`${key}:`));
    const isOne = lines.every(
      ({ line, next }) => line === lines[0]?.line && !/^(?:\s+\S|-)(?!--)/.test(next),
    );
    if (isOne && lines.length > 1 && Object.hasOwn(fields, key))
      result = updateFrontMatter(result, { [key]: fields[key] });
  }
  return result;
}

function withoutBrief(text: string): string {
  if (!/^brief\s*:/m.test(splitFrontMatter(text).block)) return text;
  const { description } = pageFacts('', text).fields;
  return typeof description === 'string' ? updateFrontMatter(text, { description }) : text;
}
