import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { extractiveCompiler, type Compiler } from '@openkb/wiki-compiler';
import { expect, onTestFinished, test } from 'vitest';

import { run, temporaryDirectory } from '../helpers/run.ts';

test('an interruption reaches the compiler and ends the command', async () => {
  const dir = temporaryDirectory(onTestFinished);
  await run(dir, ['init', '.']);
  writeFileSync(join(dir, 'x.md'), '# X\n\nX is a letter.\n');
  const interrupt = new AbortController();
  const real = extractiveCompiler();
  let reached = false;
  const compiler: Compiler = {
    ...real,
    compile: (input, view, options) => {
      interrupt.abort('SIGINT');
      reached = options?.signal?.aborted === true;
      return real.compile(input, view, options);
    },
  };
  const services = { compiler: () => Promise.resolve(compiler) };
  const { code, out } = await run(dir, ['add', 'x.md'], { services, signal: interrupt.signal });
  expect({ code, reached }).toEqual({ code: 130, reached: true });
  expect(out).toContain('added 0');
});
