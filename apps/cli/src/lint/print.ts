import { printChange } from '../report/change.ts';
import type { Print } from '../report/reporter.ts';
import type { Style } from '../report/style.ts';
import { count, thousands } from '../report/words.ts';
import type { LintFinding } from './finding.ts';
import type { Knowledge } from './knowledge/check-knowledge.ts';
import type { Mending } from './mend.ts';
import type { LintResult } from './result.ts';
import { grouped, isToldByTitle, titleOf } from './words.ts';

/** Findings of one kind that are shown without `-v`. */
const SHOWN = 10;

export const printLint =
  (all: boolean): Print<LintResult> =>
  (result, style) => [
    ...(result.fix === undefined ? [] : printMending(result.fix, style)),
    ...grouped(result.findings).flatMap(([code, findings]) =>
      group(titleOf(code), findings, style, all),
    ),
    ...(result.knowledge === undefined ? [] : knowledge(result.knowledge, style)),
    ...(result.report === undefined ? [] : [`The report is ${result.report}.`]),
    summary(result, style),
  ];

export const printMending = (
  { status, changes, mended, warnings }: Mending,
  style: Style,
): string[] => {
  if (status === 'nothing') return [style.dim('nothing that --fix can mend'), ''];
  const number = Object.values(mended).reduce((sum, one) => sum + one, 0);
  const what = `${count(number, 'finding')} in ${count(changes.length, 'file')}`;
  const paint = status === 'mended' ? style.good : style.bold;
  const head = { planned: 'would mend', mended: 'mended', kept: 'kept' }[status];
  const lines = changes.map((change) => `  ${printChange(change, style)}`);
  return [
    `${paint(head)}  ${status === 'kept' ? 'all as it is; nothing was changed' : what}`,
    ...(status === 'planned'
      ? [...Object.entries(mended).map(([code, n]) => `  ${titleOf(code)}: ${n}`), ...lines]
      : []),
    ...warnings.map((warning) => `  ${style.odd('note:')} ${warning}`),
    '',
  ];
};

function group(
  title: string,
  findings: readonly LintFinding[],
  { bold, bad, odd, dim }: Style,
  all: boolean,
): string[] {
  const isWrong = findings.some(({ severity }) => severity === 'wrong');
  const shown = all ? findings : findings.slice(0, SHOWN);
  const more = findings.length - shown.length;
  return [
    `${bold(title)} (${(isWrong ? bad : odd)(String(findings.length))})`,
    ...shown.map((one) => `  ${finding(one)}`),
    ...(more > 0 ? [dim(`  and ${thousands(more)} more; -v shows them`)] : []),
    '',
  ];
}

/** The title says what is wrong, so that a page needs no more than its place and what in it is meant. */
function finding({ code, path, line, message, subject }: LintFinding): string {
  const place = line === undefined ? path : `${path}:${line}`;
  const detail = isToldByTitle(code)
    ? subject
    : message.replace(/^".*?" links /, '').replace(/\.$/, '');
  return detail === undefined ? place : `${place}: ${detail}`;
}

function knowledge(told: Knowledge, style: Style): string[] {
  const { findings, model, asked, groups, dropped, stopped } = told;
  const lines = Object.entries(TITLES_OF_KINDS).flatMap(([kind, title]) =>
    ofKind(
      title,
      findings.filter((one) => one.kind === kind),
      style,
    ),
  );
  const hint = stopped === undefined ? '; --groups asks about more' : '';
  const part = asked < groups ? ` of ${groups}${hint}` : '';
  const lost = dropped === 0 ? '' : `; ${count(dropped, 'finding')} quoted no page and went`;
  return [...lines, style.dim(`${model} was asked about ${count(asked, 'group')}${part}${lost}`)];
}

const TITLES_OF_KINDS = {
  contradiction: 'Contradictions',
  redundancy: 'Redundancy',
  gap: 'Gaps',
} as const;

function ofKind(
  title: string,
  findings: Knowledge['findings'],
  { bold, odd, dim }: Style,
): string[] {
  if (findings.length === 0) return [];
  const lines = [`${bold(title)} (${odd(String(findings.length))})`];
  for (const { text, statements } of findings) {
    lines.push(`  ${text}`);
    for (const { page, quote } of statements)
      lines.push(`    wiki/${page}.md: ${dim(`"${quote}"`)}`);
  }
  return [...lines, ''];
}

function summary({ pages, documents, findings }: LintResult, { good, bad, odd }: Style): string {
  const wrong = findings.filter(({ severity }) => severity === 'wrong').length;
  const notes = findings.length - wrong;
  const seen = `${count(pages, 'page')} of ${count(documents, 'document')}`;
  if (wrong > 0) return `${bad(count(wrong, 'fault'))} and ${count(notes, 'note')} in ${seen}.`;
  return notes > 0
    ? `Nothing is wrong with ${seen}; ${odd(count(notes, 'note'))}.`
    : `${good('Nothing is wrong')} with ${seen}.`;
}
