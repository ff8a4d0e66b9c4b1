/** One page without a document: its entry in `sources`, its lines, its links, its quotations. */
import {
  linkTarget,
  linkText,
  parseLinks,
  readFrontMatter,
  rewriteLinks,
  splitFrontMatter,
  updateFrontMatter,
} from '@openkb/wiki';

import { removeDocumentFromPage } from '../../extractive/remove-document.ts';
import { contributionRecords } from '../../extractive/render-document.ts';
import { keptText } from '../page/kept-parts.ts';
import { takeMarks, withMarks } from '../page/mark-comment.ts';
import { markOf } from '../page/marks.ts';
import { readOldPage, SEE_ALSO } from '../page/old-page.ts';
import { documentsOf, withoutSource } from '../page/sources.ts';
import { RELATED_DOCUMENTS, summaryTarget } from '../page/topic-page.ts';

export type TakenPage =
  /** Nothing else supports the page. */
  | { readonly state: 'unsupported' }
  /** Nothing else supports it, but a person wrote in it: what is theirs stays. */
  | { readonly state: 'theirs'; readonly text: string }
  /** Other documents support it; `claims` says that it may still state what the document said. */
  | { readonly state: 'shared'; readonly text: string; readonly claims: boolean };

export function takeDocument(path: string, text: string, name: string): TakenPage {
  const { sources: present } = readFrontMatter(text);
  const sources = withoutSource(present, name);
  if (documentsOf(sources).length === 0) return withoutSupport(text, sources);
  const quoted = contributionRecords(text).some(({ document }) => document === name);
  const bare = quoted ? (removeDocumentFromPage(path, text, name) ?? text) : text;
  const { page, marks } = takeMarks(updateFrontMatter(bare, { sources }));
  return {
    state: 'shared',
    text: withMarks(withoutLinks(page, name), marks),
    claims: mayClaim(text, name),
  };
}

function withoutSupport(text: string, sources: readonly unknown[]): TakenPage {
  const { kept, heading } = readOldPage(text, [RELATED_DOCUMENTS]);
  if (kept.length === 0) return { state: 'unsupported' };
  const front = splitFrontMatter(text).block;
  const { description } = readFrontMatter(text);
  const marks = typeof description === 'string' ? markOf(description) : '';
  const head = heading === undefined ? '' : `${heading}\n\n`;
  const body = kept.map(keptText).join('\n\n');
  return {
    state: 'theirs',
    text: withMarks(`${updateFrontMatter(front, { sources })}\n${head}${body}\n`, marks),
  };
}

/** A line that is nothing but a link to the document goes, other links become their words. */
function withoutLinks(text: string, name: string): string {
  const target = summaryTarget(name);
  const isOwn = (link: { target: string }) => linkTarget(link.target) === target;
  const lines = text.split(/(?<=\n)/);
  const kept = lines.filter((line) => {
    const [first, ...others] = parseLinks(line);
    const bare = SEE_ALSO.test(line.trim()) || /^\s*[-*+] \[\[[^\]]*\]\]\s*$/.test(line);
    return !(bare && first !== undefined && others.length === 0 && isOwn(first));
  });
  const rest = rewriteLinks(kept.join(''), (link) => (isOwn(link) ? linkText(link) : undefined));
  return kept.length === lines.length ? rest : withoutEmptyList(rest);
}

/** A list of documents without items is no list; two blank lines in a row are one. */
function withoutEmptyList(text: string): string {
  return text
    .replace(/\n## Related Documents[ \t]*\n(?:[ \t]*\n)*(?=## |$)/i, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n+$/, '\n');
}

/** A page that only refers to the document states nothing from it. */
function mayClaim(text: string, name: string): boolean {
  const target = summaryTarget(name);
  const lines = text
    .split('\n')
    .filter((line) => parseLinks(line).some((link) => linkTarget(link.target) === target));
  return !(lines.length > 0 && lines.every((line) => SEE_ALSO.test(line)));
}
