/** The toy protocols as explorations. */
import type { CrashExploration } from '../src/crash-loop/index.ts';
import { populate } from '../src/file-system/index.ts';
import { changePages, oldText, page, replacePage, sweep, undoPages } from './toys.ts';
import type { JournalFlaws, ReplaceFlaws } from './toys.ts';

export function replacing(flaws: ReplaceFlaws): CrashExploration {
  return {
    name: `replace ${JSON.stringify(flaws)}`,
    before: (fs) => populate(fs, { [page]: oldText }),
    operation: (fs) => replacePage(fs, flaws),
    recover: sweep,
  };
}

export function changing(flaws: JournalFlaws): CrashExploration {
  return {
    name: `change ${JSON.stringify(flaws)}`,
    before: (fs) => populate(fs, { '/kb/a.md': 'a is old', '/kb/b.md': 'b is old' }),
    operation: (fs, { acknowledge }) => changePages(fs, flaws, acknowledge),
    recover: (fs) => undoPages(fs, flaws),
  };
}
