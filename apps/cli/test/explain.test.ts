import { JournalError } from '@openkb/journal';
import { expect, test } from 'vitest';

import { explain } from '../src/explain.ts';

test('that nothing was changed is said once', () => {
  const { message, hint } = explain(
    new JournalError('not-written', 'nothing was changed: the disk is full'),
  );
  expect(`${message}. ${hint}`).toBe(
    'nothing was changed: the disk is full. Check free space, permissions and the disk.',
  );
});
