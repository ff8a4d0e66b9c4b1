import { parseFrontMatter } from '../front-matter.ts';
import { linkGraph } from '../graph.ts';
import { readIndex } from '../index-page.ts';
import { lineCounter } from '../lines.ts';
import { linkResolver } from '../link-target.ts';
import { parseLinks } from '../links.ts';
import { isListed, isQuoting, isSpecial } from './page-kinds.ts';
import type { Violation } from './violation.ts';

/** Links of our pages lead to pages that exist. Entries of the index are checked apart. */
export function checkLinks(pages: ReadonlyMap<string, string>): Violation[] {
  const resolve = linkResolver(pages.keys());
  const violations: Violation[] = [];
  for (const [path, text] of pages) {
    if (!path.endsWith('.md') || isQuoting(path)) continue;
    const entries = new Set(path === 'index.md' ? readIndex(text).map(({ target }) => target) : []);
    const lineAt = lineCounter(text);
    for (const link of parseLinks(text, { frontMatter: true })) {
      const { target } = link;
      if (target === '' || isAttachment(target) || resolve(target) !== undefined) continue;
      if (entries.has(target.replace(/\.md$/i, ''))) continue;
      const message = `"${path}" links "${target}", which does not exist.`;
      violations.push({
        code: 'dead-link',
        path,
        message,
        subject: target,
        line: lineAt(link.start),
      });
    }
  }
  return violations;
}

/** A picture or another file beside the pages: which of those exist is not known here. */
function isAttachment(target: string): boolean {
  return /\.(?!md$)[a-z][a-z0-9]{1,4}$/i.test(target);
}

/** Every summary, concept and entity is linked, or named as a source, by another page than the index. */
export function checkOrphans(pages: ReadonlyMap<string, string>): Violation[] {
  const linked = new Set<string>();
  const resolve = linkResolver(pages.keys());
  const linking = new Map([...pages].filter(([path]) => !isSpecial(path) && !isQuoting(path)));
  for (const [path, text] of linking) {
    for (const source of [parseFrontMatter(text)?.['sources']].flat()) {
      const target = typeof source === 'string' ? resolve(source) : undefined;
      if (target !== undefined && target !== path) linked.add(target);
    }
  }
  for (const { to } of linkGraph(linking).edges) linked.add(to);
  return [...pages.keys()]
    .filter((path) => isListed(path) && !path.startsWith('explorations/') && !linked.has(path))
    .map((path) => ({ code: 'orphan-page', path, message: `No page links "${path}".` }));
}
