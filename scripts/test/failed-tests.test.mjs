import assert from 'node:assert/strict';
import { test } from 'node:test';

import { failedTests } from '../support/failed-tests.mjs';

const root = '/srv/checkout/';
const file = `${root}packages/x/test/a.test.ts`;
const passed = { status: 'passed', fullName: 'fine', failureMessages: [] };

test('a failed test is told with its file, its name, its error and where it went wrong', () => {
  const stack = [
    'AssertionError: expected 2 to be 1',
    '',
    `    at ${root}node_modules/vitest/a.js:1:1`,
    `    at ${file}:7:3`,
  ].join('\n');
  const failed = { status: 'failed', fullName: 'sums > ones', failureMessages: [stack] };
  const testResults = [
    { status: 'failed', name: file, message: '', assertionResults: [passed, failed] },
    { status: 'passed', name: file, message: '', assertionResults: [passed] },
  ];
  assert.deepEqual(failedTests({ testResults }, root), [
    'packages/x/test/a.test.ts > sums > ones\n' +
      '    AssertionError: expected 2 to be 1\n' +
      '    at packages/x/test/a.test.ts:7:3',
  ]);
});

test('a long error is cut, and a file that did not load is told too', () => {
  const message = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
  const testResults = [{ status: 'failed', name: file, message, assertionResults: [] }];
  const [told] = failedTests({ testResults }, root);
  assert.match(told, /^packages\/x\/test\/a\.test\.ts \(the file as a whole\)\n {4}line 0\n/);
  assert.equal(told.split('\n').length, 7);
});
