import type { PageFacts } from '../page-facts.ts';
import type { Resolve } from './resolve.ts';
import type { Violation } from './violation.ts';

/**
 * Every page but `index.md` and `log.md` opens with front matter that parses, has each key once and a `type` (the Open
 * Knowledge Format asks for it), and names only summaries that exist as its sources.
 */
export function checkFrontMatter(
  path: string,
  { frontMatter, fields, repeatedKeys }: PageFacts,
  resolve: Resolve,
): Violation[] {
  if (path === 'index.md' || path === 'log.md') return [];
  if (frontMatter === 'missing') {
    const message = `"${path}" has no front matter.`;
    return [{ code: 'missing-front-matter', path, message, line: 1 }];
  }
  const violations = repeatedKeys.map(({ key, line }): Violation => {
    const message = `The front matter of "${path}" has the key "${key}" more than once.`;
    return { code: 'duplicate-key', path, message, subject: key, line };
  });
  if (frontMatter === 'unreadable') {
    const message = `The front matter of "${path}" is not YAML that can be read.`;
    return [...violations, { code: 'unreadable-front-matter', path, message, line: 1 }];
  }
  const { type } = fields;
  if (typeof type !== 'string' || type.trim() === '') {
    const message = `The front matter of "${path}" has no type.`;
    violations.push({ code: 'missing-type', path, message, line: 1 });
  }
  for (const source of summarySources(fields['sources'])) {
    if (resolve(source) !== undefined) continue;
    const message = `"${path}" names the source "${source}", which does not exist.`;
    violations.push({ code: 'missing-source', path, message, subject: source, line: 1 });
  }
  return violations;
}

/** The summaries among the sources: paths, or mappings with a `resource` as the Open Knowledge Format has them. */
function summarySources(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list
    .map((item) =>
      typeof item === 'object' && item !== null && 'resource' in item ? item.resource : item,
    )
    .filter((item): item is string => typeof item === 'string')
    .map((item) => item.replace(/^\[\[(.*)\]\]$/, '$1').replace(/^\//, ''))
    .filter((item) => item.startsWith('summaries/'));
}
