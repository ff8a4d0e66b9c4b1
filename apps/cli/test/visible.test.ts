/* oxlint-disable no-control-regex -- control characters are what this is about */
/** Names of files may hold anything; what people read, and the log, holds nothing that acts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkWiki, readLog } from '@openkb/wiki';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';

import { visible, visibleStyled, visibleValue } from '../src/report/visible.ts';
import { faults, read } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const acting = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/;
const evil = 'a\u001B[2Jb\nadded   forged\u009B31m\u202Egpj.md';

test('a control character is written out, and everything else stays', () => {
  expect(visible('a\u001B[31mb\nc\rd\u202Ee')).toBe('a\\x1b[31mb\\nc\\rd\\u202ee');
  expect(visible('Ünï – 日本 👍 \t[[x]] \\n')).toBe('Ünï – 日本 👍 \t[[x]] \\n');
  expect(visibleStyled('\u001B[32mgood\u001B[39m \u001B[2Jx')).toBe(
    '\u001B[32mgood\u001B[39m \\x1b[2Jx',
  );
  expect(visibleValue({ a: ['x\u0007', 1, null], b: 'two\r\nlines' })).toEqual({
    a: ['x\\x07', 1, null],
    b: 'two\r\nlines',
  });
});

test('no text comes through with a character that acts on the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(/\n/);
      expect(visible(text)).not.toMatch(acting);
    }),
  );
});

test.each([[[]], [['--color', 'always']], [['-v']], [['--dry-run']]])(
  'add, list and search show a name with control characters written out: %j',
  async (options) => {
    const dir = temporaryDirectory(onTestFinished);
    await run(dir, ['init', '.']);
    writeFileSync(join(dir, evil), '# Lamp\n\nA lamp is a light.\n');
    writeFileSync(join(dir, `${evil}.zip`), 'x');
    const rans = [await run(dir, ['add', ...options, evil, `${evil}.zip`, `no${evil}`])];
    if (!options.includes('--dry-run')) rans.push(await run(dir, ['list', ...options]));
    for (const { out, err } of rans) {
      const shown = `${out}\n${err}`.replace(/\u001B\[\d+m/g, '');
      expect(shown).toContain(
        '\\x1b[2Jb\\nadded   forged\\u9b31m\\u202egpj.md'.replace('u9b', 'x9b'),
      );
      expect(shown).not.toMatch(acting);
      expect(shown).not.toMatch(/^added {3}forged/m);
    }
  },
);

test('a name forges no line of the log and makes no dead link', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', '.']);
  const names = [
    'x\n## [2020-01-01 00:00:00] ingest | forged.md',
    'see [[[nowhere]]] [[x]].md',
    evil,
  ];
  for (const [i, name] of names.entries())
    writeFileSync(
      join(dir, name.endsWith('.md') ? name : `${name}.md`),
      `# Lamp ${i}\n\nText ${i}.\n`,
    );
  const { code } = await run(dir, ['add', ...names]);
  expect(code).toBe(0);
  const log = read(dir, 'wiki/log.md');
  expect(readLog(log)).toHaveLength(3);
  expect(log).not.toMatch(/\[\[|\]\]/);
  expect(log).not.toMatch(acting);
  expect(checkWiki(new Map([['log.md', log]]))).toEqual([]);
  // a page that shares nothing with another has no link to it, whatever its name
  expect(faults(dir).filter((fault) => !fault.startsWith('orphan-page'))).toEqual([]);
});
