import type { Change } from '@openkb/journal';
import { writeFrontMatter } from '@openkb/wiki';

import { logChange } from '../knowledge-base/books.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import { type KnowledgeBase, type LockContext, underLock } from '../knowledge-base/open.ts';
import { localTime } from '../report/local-time.ts';
import { count } from '../report/words.ts';
import type { LintFinding } from './finding.ts';
import type { KnowledgeFinding } from './knowledge/read-answer.ts';
import type { LintResult } from './result.ts';
import { grouped, titleOf } from './words.ts';

/**
 * Writes `reports/lint_<time>.md`, as one mutation with its line of the log.
 *
 * @returns where it is, relative to the root
 */
export async function saveReport(
  kb: KnowledgeBase,
  lock: LockContext,
  result: Omit<LintResult, 'report'>,
  at: Date,
): Promise<string> {
  const path = freePath(kb, localTime(at).replace(/[-:]/g, '').replace(' ', '_'));
  const bytes = encodeText(reportText(result, localTime(at)));
  const changes: Change[] = [
    { kind: 'write', path, bytes, expect: 'absent' },
    logChange(kb, {
      at,
      operation: 'lint',
      subject: `report → ${path.slice('wiki/reports/'.length)}`,
    }),
  ];
  const subject = path.slice('wiki/'.length);
  const report = await underLock(kb, lock, (session) =>
    session.commit({ operation: 'lint', subject, changes }),
  );
  for (const warning of report.warnings) lock.reporter.warn(warning);
  return path;
}

function freePath(kb: KnowledgeBase, stamp: string): string {
  for (let number = 1; ; number += 1) {
    const path = wikiPath(`reports/lint_${stamp}${number === 1 ? '' : `-${number}`}.md`);
    if (!kb.files.has(path)) return path;
  }
}

/** The report as a page: what pages say in it is no link and no markup. */
export function reportText(
  { findings, knowledge, pages, documents }: Omit<LintResult, 'report'>,
  at: string,
): string {
  const seen = `${count(pages, 'page')} of ${count(documents, 'document')}`;
  const structure = grouped(findings).flatMap(([code, some]) => structureLines(code, some));
  const meaning = knowledge?.findings.flatMap((one) => knowledgeLines(one));
  const asked =
    knowledge &&
    `${knowledge.model} was asked about ${knowledge.asked} of ${count(knowledge.groups, 'group')} of related pages.\n`;
  const lines = [
    `# Lint Report\n\n${at}, ${seen}.\n`,
    '## Structure\n',
    ...(structure.length > 0 ? structure : ['Nothing is wrong.\n']),
    ...(meaning && asked !== undefined ? ['## Knowledge\n', asked, ...meaning] : []),
  ];
  const front = writeFrontMatter({
    type: 'Report',
    description: `What a check of the wiki found at ${at}`,
  });
  return `${front}\n${lines.join('\n').trimEnd()}\n`;
}

function structureLines(code: string, findings: readonly LintFinding[]): string[] {
  const lines = [`### ${titleOf(code)} (${findings.length})\n`];
  for (const { path, line, message } of findings)
    lines.push(`- \`${path}${line === undefined ? '' : `:${line}`}\` ${plain(message)}`);
  return [...lines, ''];
}

function knowledgeLines({ kind, text, statements }: KnowledgeFinding): string[] {
  const title = kind.slice(0, 1).toUpperCase() + kind.slice(1);
  const quotes = statements.map(({ page, quote }) => `- [[${page}]]: "${plain(quote)}"`);
  return [`### ${title}: ${plain(text)}\n`, ...quotes, ''];
}

const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, '\\$&');
