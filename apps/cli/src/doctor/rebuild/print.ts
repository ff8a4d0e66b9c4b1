import type { Print } from '../../report/reporter.ts';
import { table } from '../../report/table.ts';
import { count } from '../../report/words.ts';
import type { Rebuilt } from './rebuild.ts';

const FROM = {
  kept: 'as it was',
  history: 'from what is kept for undo',
  original: 'from its original',
} as const;

export const printRebuilt: Print<Rebuilt> = (rebuilt, { bold, dim, good, odd }) => {
  const { status, documents, unknown, keptIn, warnings } = rebuilt;
  const left = unknown.map(
    (name) =>
      `  ${odd('not known:')} "${name}" has no original in raw/; add or import it again, with its pages it becomes whole`,
  );
  const notes = warnings.map((warning) => `  ${odd('note:')} ${warning}`);
  const what = count(documents.length, 'document');
  if (status === 'unchanged')
    return [`${dim('unchanged')}  the registry is whole: ${what}`, ...left];
  if (status === 'kept') return [`${dim('kept')}  the registry as it is; nothing was changed`];
  const kept = keptIn === undefined ? [] : [`  the damaged file is kept as ${keptIn}`];
  if (status === 'rebuilt')
    return [`${good('rebuilt')}  the registry: ${what}`, ...kept, ...left, ...notes];
  return [
    `${bold('would rebuild')}  the registry: ${what}`,
    ...table(documents.map(({ name, from }) => [`  ${name}`, FROM[from]])),
    ...kept,
    ...left,
  ];
};
