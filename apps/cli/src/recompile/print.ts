import { printChange } from '../report/change.ts';
import type { Print } from '../report/reporter.ts';
import { count } from '../report/words.ts';
import type { RecompileOutcome } from './recompile-document.ts';

export const printRecompiled: Print<RecompileOutcome> = (outcome, style) => {
  const { status, name, changes, missing, warnings } = outcome;
  const { bold, dim, good, odd } = style;
  const notes = [
    ...missing.map(({ path, reason }) => `  ${odd('missing:')} ${path}: ${reason}`),
    ...warnings.map((warning) => `  ${odd('note:')} ${warning}`),
  ];
  if (status === 'unchanged') return [`${dim('unchanged')}  "${name}"`, ...notes];
  if (status === 'planned')
    return [
      `${bold('would recompile')}  "${name}": ${count(changes.length, 'change')}`,
      ...changes.map((change) => `  ${printChange(change, style)}`),
      ...notes,
    ];
  const pages = changes.filter(({ path }) => /^wiki\/(?:summaries|concepts|entities)\//.test(path));
  const paint = status === 'partial' ? odd : good;
  return [`${paint(status)}  "${name}": ${count(pages.length, 'page')} changed`, ...notes];
};
