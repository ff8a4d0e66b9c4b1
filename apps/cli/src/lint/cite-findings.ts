import { linkResolver, type WikiFacts } from '@openkb/wiki';

import { citesOf } from '../knowledge-base/cites.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { LintFinding } from './finding.ts';
import { isMadeHere } from './made-here.ts';

/** Saved answers that say to rest on a page which does not exist. */
export function citeFindings(wiki: WikiFacts): LintFinding[] {
  const explorations = [...wiki.paths].filter((path) => /^explorations\/.*\.md$/.test(path));
  if (explorations.length === 0) return [];
  const resolve = linkResolver(wiki.paths);
  return explorations.flatMap((path) => {
    const facts = wiki.facts(path);
    // what a person made is theirs to mend
    const severity = isMadeHere(path, facts) ? 'wrong' : 'note';
    return citesOf(facts?.fields)
      .filter((page) => resolve(page) === undefined)
      .map((page) => ({
        code: 'dead-cite',
        severity,
        path: wikiPath(path),
        message: `"${path}" cites "${page}", which does not exist.`,
        subject: page,
      }));
  });
}
