import { printChange } from '../report/change.ts';
import type { Print } from '../report/reporter.ts';
import { count } from '../report/words.ts';
import type { RemovalOutcome } from './remove-document.ts';

export const printRemoval: Print<RemovalOutcome> = (outcome, style) => {
  const { status, name, changes, warnings } = outcome;
  const { bold, dim, good, odd } = style;
  const notes = warnings.map((warning) => `  ${odd('note:')} ${warning}`);
  const number = (action: string) => changes.filter((change) => change.action === action).length;
  if (status === 'kept') return [`${dim('kept')}  "${name}"; nothing was changed`];
  if (status === 'removed') {
    const what = `${count(number('remove'), 'file')} gone, ${number('update')} changed`;
    return [`${good('removed')}  "${name}": ${what}`, ...notes];
  }
  return [
    `${bold('would remove')}  "${name}": ${count(changes.length, 'change')}`,
    ...changes.map((change) => `  ${printChange(change, style)}`),
    ...notes,
  ];
};
