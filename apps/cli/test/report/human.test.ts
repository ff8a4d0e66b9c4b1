import fc from 'fast-check';
import { expect, test } from 'vitest';

import { humanReporter } from '../../src/report/human.ts';
import { shortenPath } from '../../src/report/shorten.ts';
import { uncolored } from '../../src/report/style.ts';
import stringWidth from '../../src/shims/string-width.ts';

test('a path is cut on its left, at a slash where one fits', () => {
  const path = '/home/ann/papers/lamps/argand.pdf';
  expect([40, 20, 12, 8].map((columns) => shortenPath(path, columns))).toEqual([
    path,
    '…/lamps/argand.pdf',
    '…/argand.pdf',
    '…and.pdf',
  ]);
  expect(shortenPath('日本語/日本.md', 9)).toBe('…/日本.md');
});

test('a cut path fits whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (path, columns) => {
      expect(stringWidth(shortenPath(path, columns))).toBeLessThanOrEqual(columns);
    }),
  );
});

const step = (errColumns: number, path: string): string => {
  const lines: string[] = [];
  const io = {
    out: () => {},
    err: () => {},
    status: (line: string) => void lines.push(line),
    errColumns,
  };
  const options = { out: uncolored, err: uncolored, quiet: false, verbose: false, progress: true };
  humanReporter({ io, ...options }).step({ type: 'step' }, { text: '[3/12] converting', path });
  return lines.join('|');
};

test('progress on 40 columns shows the name of the file', () => {
  const line = step(40, '/home/ann/papers/of/last/year/argand.pdf');
  expect(line).toBe('[3/12] converting …/year/argand.pdf');
  expect(stringWidth(step(40, 'x'.repeat(100)))).toBe(39);
});
