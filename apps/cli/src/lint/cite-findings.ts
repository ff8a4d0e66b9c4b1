import { linkResolver, type WikiFacts } from '@openkb/wiki';

import { citesOf } from '../knowledge-base/cites.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { LintFinding } from './finding.ts';

/** Saved answers that say to rest on a page which does not exist. */
export function citeFindings(wiki: WikiFacts): LintFinding[] {
  const explorations = [...wiki.paths].filter((path) => /^explorations\/.*\.md$/.test(path));
  if (explorations.length === 0) return [];
  const resolve = linkResolver(wiki.paths);
  return explorations.flatMap((path) =>
    citesOf(wiki.facts(path)?.fields)
      .filter((page) => resolve(page) === undefined)
      .map((page) => ({
        code: 'dead-cite',
        severity: 'wrong',
        path: wikiPath(path),
        message: `"${path}" cites "${page}", which does not exist.`,
        subject: page,
      })),
  );
}
