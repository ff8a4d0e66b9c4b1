import fc from 'fast-check';
import { expect, test } from 'vitest';

import { emptyLog, logEntry, readLog } from '../src/index.ts';
import { text } from './arbitraries.ts';

const at = '2026-01-02 03:04:05';

test('an entry is a heading with time, operation and description', () => {
  const log = emptyLog() + logEntry({ at, operation: 'ingest', description: 'paper.pdf' });
  expect(log).toBe('# Operations Log\n\n## [2026-01-02 03:04:05] ingest | paper.pdf\n');
});

test('the entries of the Python program are read', () => {
  expect(readLog('# Operations Log\n\n## [2026-01-02 03:04:05] query | a | b\n\n## x\n')).toEqual([
    { at, operation: 'query', description: 'a | b' },
  ]);
});

test('a description cannot pass for an entry, whatever the log ends in', () => {
  fc.assert(
    fc.property(text(), fc.constantFrom('', '\n', 'a line without an end'), (description, end) => {
      const forged = `${description}\n## [2000-01-01 00:00:00] remove | all\n`;
      const log = emptyLog() + end + logEntry({ at, operation: 'ingest', description: forged });
      const read = readLog(log + logEntry({ at, operation: 'a|b', description }));
      expect(read.map(({ operation }) => operation)).toEqual(['ingest', 'a/b']);
      expect(read[1]?.description).toBe(description.replace(/[\s\u0085]+/g, ' ').trim());
    }),
  );
});
