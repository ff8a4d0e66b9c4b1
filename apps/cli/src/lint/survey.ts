/** All that a check looks at, gathered while nobody writes, and what it finds. */
import type { WikiFacts } from '@openkb/wiki';

import { CliError } from '../errors.ts';
import { registryPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import type { Registry } from '../knowledge-base/registry.ts';
import { wikiFacts } from '../knowledge-base/wiki-facts.ts';
import { byPlace, type LintFinding } from './finding.ts';
import { pageFindings } from './page-findings.ts';
import { registryFindings } from './registry-findings.ts';

export interface Survey {
  readonly wiki: WikiFacts;
  /** Absent where it cannot be read. */
  readonly registry?: Registry;
  readonly findings: readonly LintFinding[];
}

/** Looks at the whole knowledge base. Holds the shared lock while it reads, if the medium can be locked at all. */
export async function survey(kb: KnowledgeBase, context: LockContext): Promise<Survey> {
  const seen = await whileNobodyWrites(kb, context, () => ({
    wiki: wikiFacts(kb.files),
    books: booksOf(kb),
  }));
  const { wiki, books } = seen;
  const findings = [...pageFindings(wiki), ...books.findings].toSorted(byPlace);
  return { wiki, findings, ...(books.registry && { registry: books.registry }) };
}

function booksOf(kb: KnowledgeBase): Pick<Survey, 'registry' | 'findings'> {
  try {
    const registry = kb.registry();
    return { registry, findings: registryFindings(kb, registry) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const message = `${error.message.replace(/^c/, 'C')}. ${error.hint ?? ''}`.trim();
    return { findings: [{ code: error.code, severity: 'wrong', path: registryPath, message }] };
  }
}
