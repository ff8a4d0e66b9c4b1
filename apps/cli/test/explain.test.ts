import { ConversionError } from '@openkb/converter';
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

const hintOf = (message: string) => explain(new ConversionError('password-needed', message)).hint;

test('the option for the password of a PDF is offered for PDFs alone', () => {
  expect(hintOf('"a.pdf" is a PDF that opens only with a password: save a copy without one.')).toBe(
    'The password of a PDF can be given with --password.',
  );
  const office =
    '"a.docx" is a password-protected Office file: save it as .docx without a password.';
  expect(hintOf(office)).toBeUndefined();
});
