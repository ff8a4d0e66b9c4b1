/** Every numbered scenario has a test of its number, or a reason why it does not apply below the command line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const range = (prefix: string, from: number, to: number, digits: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => prefix + String(from + n).padStart(digits, '0'));

const SCENARIOS = [
  ...range('', 1, 74, 1),
  ...range('J', 1, 30, 2),
  ...range('S', 1, 4, 2),
  'S09',
  'S10',
  ...range('L', 1, 13, 2),
];
const INVARIANTS = range('I', 1, 17, 1);

const tests = join(import.meta.dirname, '..');
/** A title, or the part of one that a table of cases fills in, begins with its numbers and a colon. */
const TITLE = /['`]((?:(?:[JSLI]\d+|\d{1,2})(?:, (?=[JSLI\d])|(?=: |, bad input: )))+)/g;

const named = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => Array.from(readFileSync(join(tests, name), 'utf8').matchAll(TITLE)))
  .flatMap(([, numbers = '']) => numbers.split(', '));

const excepted = [
  ...readFileSync(join(import.meta.dirname, 'README.md'), 'utf8').matchAll(
    /^\| ([JSL]?\d+)\s*\|[^|]+\|([^|]+)\|$/gm,
  ),
].map(([, number = '', reason = '']) => ({ number, reason: reason.trim() }));

test('every scenario is in the name of a test, or has a reason why it is not', () => {
  const known = new Set([...named, ...excepted.map(({ number }) => number)]);
  expect(SCENARIOS.filter((number) => !known.has(number))).toEqual([]);
  expect(excepted.filter(({ reason }) => reason.length < 5)).toEqual([]);
});

test('no scenario has both, and no test names a number that there is not', () => {
  expect(excepted.filter(({ number }) => named.includes(number))).toEqual([]);
  const all = new Set([...SCENARIOS, ...INVARIANTS]);
  expect(
    [...named, ...excepted.map(({ number }) => number)].filter((one) => !all.has(one)),
  ).toEqual([]);
});

test('every invariant of DESIGN.md is in the name of a test', () => {
  const design = readFileSync(join(tests, '../DESIGN.md'), 'utf8');
  const stated = [...design.matchAll(/^- \*\*(I\d+) /gm)].map(([, number = '']) => number);
  expect(stated).toEqual(INVARIANTS);
  expect(stated.filter((number) => !named.includes(number))).toEqual([]);
});
