import { findBlock } from '../front-matter-block.ts';
import { fieldsOf } from '../front-matter-update.ts';
import { parseFrontMatter } from '../front-matter.ts';
import { linesOf } from '../lines.ts';
import { linkResolver } from '../link-target.ts';
import type { Violation } from './violation.ts';

/**
 * Every page but `index.md` and `log.md` opens with front matter that parses, has each key once and a `type` (the Open
 * Knowledge Format asks for it), and names only summaries that exist as its sources.
 */
export function checkFrontMatter(pages: ReadonlyMap<string, string>): Violation[] {
  const resolve = linkResolver(pages.keys());
  return [...pages]
    .filter(([path]) => path.endsWith('.md') && path !== 'index.md' && path !== 'log.md')
    .flatMap(([path, text]) => checkPage(path, text, resolve));
}

function checkPage(
  path: string,
  text: string,
  resolve: (target: string) => string | undefined,
): Violation[] {
  const place = findBlock(text);
  if (place === undefined) {
    const message = `"${path}" has no front matter.`;
    return [{ code: 'missing-front-matter', path, message, line: 1 }];
  }
  const violations = duplicateKeys(path, text.slice(0, place.close), place.open);
  const fields = parseFrontMatter(text);
  if (fields === undefined) {
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

function duplicateKeys(path: string, block: string, open: number): Violation[] {
  const lines = linesOf(block, open);
  const seen = new Set<string>();
  const violations: Violation[] = [];
  for (const { key, from } of fieldsOf(lines)) {
    if (seen.has(key)) {
      const message = `The front matter of "${path}" has the key "${key}" more than once.`;
      violations.push({ code: 'duplicate-key', path, message, subject: key, line: from + 2 });
    }
    seen.add(key);
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
