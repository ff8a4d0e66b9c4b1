/** Streams that nobody reads, or that cannot be written. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { spawnCli } from './helpers/child.ts';
import { documentNumber } from './helpers/documents.ts';
import { faults, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

async function started(): Promise<string> {
  const dir = temporaryDirectory(onTestFinished);
  const names = ['a', 'b', 'c', 'd'];
  write(dir, Object.fromEntries(names.map((name, i) => [`d/${name}.md`, documentNumber(i)])));
  await run(dir, ['init', 'kb']);
  return dir;
}

test('a batch goes on when nobody reads its messages any more', async () => {
  const dir = await started();
  const child = spawnCli(dir, ['add', '--kb', 'kb', 'd', 'nowhere.md']);
  child.process.stdout.destroy();
  child.process.stderr.destroy();
  expect((await child.ended).code).toBe(3);
  expect(readdirSync(join(dir, 'kb/raw'))).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
  expect(readdirSync(join(dir, 'kb/.openkb/staging'))).toEqual([]);
  expect(faults(join(dir, 'kb'))).toEqual([]);
});

/** Runs the built command with its results going to a disk that is full. */
async function toFullDisk(cwd: string, args: string): Promise<{ code: number; err: string }> {
  const cli = `"${process.execPath}" "${process.env['OPENKB_TEST_CLI'] ?? ''}"`;
  const child = spawn('sh', ['-c', `${cli} ${args} > /dev/full`], { cwd });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, err };
}

test.skipIf(!existsSync('/dev/full'))(
  'results that cannot be written are told in one sentence, once (exit 1), and the work is done (needs /dev/full)',
  async () => {
    const dir = await started();
    const sentence = 'openkb: cannot write the output: no space left on the disk\n';
    expect(await toFullDisk(dir, 'status --kb kb')).toEqual({ code: 1, err: sentence });
    expect(await toFullDisk(dir, '--json add --kb kb d')).toEqual({ code: 1, err: sentence });
    expect(readdirSync(join(dir, 'kb/raw'))).toHaveLength(4);
    expect(faults(join(dir, 'kb'))).toEqual([]);
  },
);
