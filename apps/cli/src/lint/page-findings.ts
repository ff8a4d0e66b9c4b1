import { checkFacts, type Violation, type WikiFacts } from '@openkb/wiki';

import { wikiPath } from '../knowledge-base/layout.ts';
import { citeFindings } from './cite-findings.ts';
import type { LintFinding } from './finding.ts';
import { isMadeHere } from './made-here.ts';

/** What is good to know and breaks nothing. */
const NOTES: ReadonlySet<Violation['code']> = new Set(['orphan-page', 'inexact-link']);
/** What a page that is a person's may be without: it reads and links all the same. */
const NOTES_OF_OTHERS: ReadonlySet<Violation['code']> = new Set([
  'missing-front-matter',
  'missing-type',
  'dead-link',
]);

/** What is wrong with the pages of the wiki and with its index. */
export function pageFindings(wiki: WikiFacts): LintFinding[] {
  const found = checkFacts(wiki).map((violation) =>
    Object.assign(violation, {
      severity: isNote(violation, wiki) ? ('note' as const) : ('wrong' as const),
      path: wikiPath(violation.path),
    }),
  );
  return [...found, ...citeFindings(wiki)];
}

function isNote({ code, path }: Violation, wiki: WikiFacts): boolean {
  if (NOTES.has(code)) return true;
  return NOTES_OF_OTHERS.has(code) && path !== 'index.md' && !isMadeHere(path, wiki.facts(path));
}
