/* oxlint-disable no-await-in-loop -- one command after the other */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { recoveredText } from '../src/knowledge-base/open.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

test('recover says of an interrupted init what finishes it, and that does', async () => {
  const dir = temporaryDirectory(onTestFinished);
  mkdirSync(join(dir, 'kb/.openkb'), { recursive: true });
  for (const args of [
    ['--kb', 'kb'],
    ['-C', 'kb'],
  ]) {
    const { code, err } = await run(dir, ['recover', ...args]);
    expect({ code, err }).toEqual({
      code: 0,
      err:
        `openkb: warning: "${dir}/kb" is no knowledge base yet: its 'openkb init' was interrupted. ` +
        `Finish it with 'openkb init ${dir}/kb'.`,
    });
  }
  expect((await run(dir, ['init', `${dir}/kb`])).code).toBe(0);
  expect((await run(dir, ['recover', '--kb', 'kb'])).err).toBe('');
});

test('an init that was rolled back is to be run again', () => {
  const report = { id: 'x', operation: 'init', outcome: 'rolled back', kept: [] } as never;
  expect(recoveredText(report)).toBe(
    "an interrupted init was rolled back; 'openkb init' makes the knowledge base anew",
  );
});
