import assert from 'node:assert/strict';
import { test } from 'node:test';

import { imports, withoutComments } from '../support/code.mjs';
import {
  ambient,
  impure,
  indexWithCode,
  judgedByClock,
  testParts,
  tooLong,
  writesElsewhere,
} from '../support/source-rules.mjs';

const library = (code, path = 'packages/wiki/src/page.ts') => ({ path, code });
const inTest = (code) => judgedByClock(library(code, 'packages/wiki/test/page.test.ts'));

test('a writing import of node:fs outside atomic-fs is found, whatever its form', () => {
  for (const code of [
    "import { writeFileSync } from 'node:fs';",
    "import { readFileSync, rmSync as remove } from 'fs';",
    "import * as fs from 'node:fs';",
    "import fs from 'node:fs/promises';",
    "import {\n  readFile,\n  rename,\n} from 'node:fs/promises';",
    "const fs = await import('node:fs');",
    "export * from 'node:fs';",
    "import { openSync } from 'node:fs';\nopenSync(path, flag);",
    "import { openSync } from 'node:fs';\nopenSync(path, 'r+');",
  ]) {
    assert.equal(writesElsewhere(library(code, 'packages/converter/src/a.ts')).length, 1, code);
    assert.equal(writesElsewhere(library(code, 'apps/cli/src/a.ts')).length, 1, code);
    assert.equal(
      writesElsewhere(library(code, 'packages/atomic-fs/src/node/a.ts')).length,
      0,
      code,
    );
  }
});

test('reading imports and imports of types are allowed', () => {
  for (const code of [
    "import { readFileSync, statSync } from 'node:fs';",
    "import { openSync } from 'node:fs';\nopenSync(path, 'r');",
    "import type { WriteStream } from 'node:fs';",
    "import { type WriteStream, lstatSync } from 'node:fs';",
    "// import { writeFileSync } from 'node:fs';",
  ]) {
    assert.deepEqual(writesElsewhere(library(code, 'packages/converter/src/a.ts')), [], code);
  }
});

test('a pure package that does input or output is found, also when it only reads', () => {
  assert.equal(impure(library("import { readFileSync } from 'node:fs';")).length, 1);
  assert.equal(impure(library("import { request } from 'node:https';")).length, 1);
  assert.equal(impure(library('const reply = await fetch(url);')).length, 1);
  assert.equal(impure(library("import { createHash } from 'node:crypto';")).length, 0);
  assert.equal(impure(library('const reply = await this.fetch(url);')).length, 0);
  assert.equal(
    impure(library("import { stat } from 'node:fs';", 'packages/journal/src/a.ts')).length,
    0,
  );
});

test('a library that reaches for environment, home directory, clock or terminal is found', () => {
  for (const code of [
    'const key = process.env.KEY;',
    "const key = process['env'];",
    'const home = os.homedir();',
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date;',
    'process.stdout.write(text);',
    "console.log('x');",
    'const start = performance.now();',
  ]) {
    assert.equal(ambient(library(code)).length, 1, code);
    assert.equal(ambient(library(code, 'apps/cli/src/a.ts')).length, 0, code);
  }
});

test('what looks like it in a comment, or takes an argument, is allowed', () => {
  for (const code of [
    '/** Never reads process.env. */',
    "// Date.now() is the caller's",
    'const day = new Date(milliseconds);',
    'const platform = process.platform;',
    'const day = new Date(\n  milliseconds,\n);',
  ]) {
    assert.deepEqual(ambient(library(code)), [], code);
  }
});

test('a test that asks how long something took is found', () => {
  for (const code of [
    'const start = performance.now();',
    'const { user } = process.cpuUsage(before);',
    'const start = process.hrtime.bigint();',
    'const [seconds] = process.hrtime();',
    'performance.measure(name);',
  ]) {
    assert.equal(inTest(code).length, 1, code);
  }
  for (const code of ['// performance.now() is for bench/', 'vi.advanceTimersByTime(60);']) {
    assert.deepEqual(inTest(code), [], code);
  }
});

test('a source that imports what is for tests is found', () => {
  assert.equal(
    testParts(library("import { temporary } from '@openkb/test-kit/temporary';")).length,
    1,
  );
  assert.equal(testParts(library("import { openJournal } from '@openkb/journal';")).length, 0);
});

test('a file of more than 300 lines and code in index.ts are found', () => {
  assert.equal(tooLong(library('x\n'.repeat(301))).length, 1);
  assert.equal(tooLong(library('x\n'.repeat(300))).length, 0);
  const index = (code) => indexWithCode(library(code, 'packages/wiki/src/index.ts'));
  assert.equal(index('export const a = 1;\n').length, 1);
  assert.equal(index('export {};\n').length, 1);
  assert.deepEqual(
    index(
      "/** Header. */\nexport { a, type B } from './a.ts';\nexport type { C } from './c.ts';\n",
    ),
    [],
  );
});

test('comments go and strings, templates and regular expressions stay', () => {
  const code =
    "const a = 'http://x'; // gone\nconst b = /\\/\\*[/*]/g; /* gone\n */ const c = `//${d}`;";
  const text = withoutComments(code);
  assert.match(text, /'http:\/\/x'/);
  assert.match(text, /`\/\/\$\{d\}`/);
  assert.doesNotMatch(text, /gone/);
  assert.equal(text.split('\n').length, code.split('\n').length);
});

test('imports are told with their names and lines', () => {
  assert.deepEqual(
    imports("import a, { b as c, type D } from 'x';\n\nimport 'y';\nimport type { E } from 'z';"),
    [
      { module: 'x', names: ['b'], line: 1 },
      { module: 'y', names: ['*'], line: 3 },
    ],
  );
});
