import type { PendingMutation } from '@openkb/journal';

/** One line about an unfinished change: what it was, when it began, how it stands. */
export function describePending(mutation: PendingMutation): string {
  const { id, state, operation, subject, began, attempts } = mutation;
  const what = [operation ?? 'a change', subject && `of "${subject}"`].filter(Boolean).join(' ');
  const since = began === undefined ? '' : `, begun ${began}`;
  const tries = attempts === 0 ? '' : `, ${attempts} of 5 attempts to undo it failed`;
  const standing = {
    unstarted: 'nothing written yet',
    active: 'to be undone',
    committed: 'done, its traces are left',
    rolled_back: 'undone, its traces are left',
    unreadable: 'its record cannot be read',
    'later-version': 'left by a later version of this program',
  }[state];
  return `${id}: ${what}${since}: ${standing}${tries}`;
}
