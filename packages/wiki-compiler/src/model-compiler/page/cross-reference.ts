import {
  linkTarget,
  parseLinks,
  readFrontMatter,
  splitFrontMatter,
  updateFrontMatter,
  wikilink,
} from '@openkb/wiki';

import { joinBody, splitBody } from '../../extractive/pages/page-body.ts';
import { takeMarks, withMarks } from './mark-comment.ts';
import { headingKey } from './pieces.ts';
import { withSource } from './sources.ts';
import { RELATED_DOCUMENTS, summaryTarget } from './topic-page.ts';

/**
 * The page with a light cross-reference to a document: the document among its sources, and a paragraph
 * `See also: [[summaries/report]]`, unless the page links the document already. Nothing else changes.
 */
export function addCrossReference(text: string, name: string): string {
  const target = summaryTarget(name);
  const { page, marks } = takeMarks(text);
  const { block: front, body } = splitFrontMatter(page);
  const linked = parseLinks(text).some((link) => linkTarget(link.target) === target);
  const sources = withSource(readFrontMatter(text)['sources'], name);
  return updateFrontMatter(linked ? text : withMarks(front + withParagraph(body, target), marks), {
    sources,
  });
}

/** Before the list of documents, else at the end. */
function withParagraph(body: string, target: string): string {
  const ending = body.includes('\r\n') ? '\r\n' : '\n';
  const line = `See also: ${wikilink(target)}${ending}`;
  const blocks = splitBody(body);
  const at = blocks.findLastIndex(
    ({ level, heading }) => level === 2 && headingKey(heading) === RELATED_DOCUMENTS,
  );
  const before = joinBody(at < 0 ? blocks : blocks.slice(0, at));
  const after = at < 0 ? '' : ending + joinBody(blocks.slice(at));
  const gap =
    /(?:^|\n)\r?\n$/.test(before) || before === ''
      ? ''
      : before.endsWith('\n')
        ? ending
        : ending + ending;
  return before + gap + line + after;
}
