import { expect, test } from 'vitest';

import { styleFor } from '../../src/report/style.ts';
import { table } from '../../src/report/table.ts';
import { bytes, count } from '../../src/report/words.ts';

test('numbers agree with their nouns', () => {
  expect([count(0, 'page'), count(1, 'page'), count(1234, 'entity', 'entities')]).toEqual([
    '0 pages',
    '1 page',
    '1,234 entities',
  ]);
});

test('sizes have three digits at most, in decimal units', () => {
  expect([0, 999, 1000, 123_456, 2_500_000_000].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '123 kB',
    '2.5 GB',
  ]);
});

test('wide characters take two columns of a table', () => {
  expect(
    table([
      ['日本', 'x'],
      ['abcd', 'y'],
    ]),
  ).toEqual(['日本  x', 'abcd  y']);
});

const bold = (color: 'auto' | 'always' | 'never', terminal: boolean, environment = {}) =>
  styleFor({ color, terminal, environment }).bold('x') !== 'x';

test('colour is decided by flag, then NO_COLOR, then FORCE_COLOR, then the terminal', () => {
  expect(bold('auto', true)).toBe(true);
  expect(bold('auto', false)).toBe(false);
  expect(bold('auto', true, { TERM: 'dumb' })).toBe(false);
  expect(bold('auto', true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
  expect(bold('auto', false, { FORCE_COLOR: '1' })).toBe(true);
  expect(bold('always', false, { NO_COLOR: '1' })).toBe(true);
  expect(bold('never', true, { FORCE_COLOR: '1' })).toBe(false);
});
