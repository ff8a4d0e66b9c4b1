/** Processes of their own: few descriptors, little permission, and killed at any moment. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { killRounds } from '@openkb/test-kit/temporary';
import { build } from 'tsup';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { isTemporaryName, nodeFileSystem, removeLeftovers } from '../src/index.ts';

const posix = process.platform !== 'win32';
/** Of one process each. */
const killed = Number(process.env['OPENKB_KILL_ROUNDS'] ?? 8);
const isRoot = process.getuid?.() === 0;
let program: string;
let home: string;
const at = (name: string) => join(home, name);

beforeAll(async () => {
  program = mkdtempSync(join(tmpdir(), 'openkb-child-'));
  chmodSync(program, 0o755);
  const entry = [new URL('support/child.ts', import.meta.url).pathname];
  await build({
    entry,
    outDir: program,
    format: ['esm'],
    outExtension: () => ({ js: '.mjs' }),
    target: 'es2023',
    config: false,
    silent: true,
    dts: false,
  });
});
afterAll(() => rmSync(program, { recursive: true, force: true }));
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'openkb-child-home-'));
  writeFileSync(at('source'), 'source');
  for (const name of ['f', 'g']) writeFileSync(at(name), 'old');
  writeFileSync(at('log'), 'old\n');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

interface Told {
  readonly outcomes: Record<string, string>;
  readonly names: string[];
}

function run(what: string, { limit = '', uid }: { limit?: string; uid?: number } = {}): Told {
  const command = `${limit} exec "$0" "$@"`;
  const { stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', command, process.execPath, join(program, 'child.mjs'), what, home],
    { encoding: 'utf8', ...(uid === undefined ? {} : { uid, gid: uid }) },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Told;
}

/** What all functions must have done in the round. */
const done = (round: string): Record<string, string> =>
  Object.fromEntries(
    ['replaceFile', 'replaceFromStream', 'appendFile', 'copyFile', 'makeDirectories']
      .concat('removeLeftovers')
      .map((name) => [`${name} ${round}`, 'ok']),
  );

test.runIf(posix)(
  'with 32 descriptors and none of them free each function says EMFILE, names the file and leaves nothing',
  () => {
    const { outcomes, names } = run('few-descriptors', { limit: 'ulimit -n 32;' });
    const { 'makeDirectories few': made, ...few } = Object.fromEntries(
      Object.entries(outcomes).filter(([name]) => name.endsWith('few')),
    );
    // directories are made without a descriptor, and synced with one
    expect(made).toMatch(/EMFILE: too many open files, open '.*'/);
    for (const message of Object.values(few))
      expect(message).toMatch(/EMFILE: too many open files/);
    expect(Object.keys(few)).toHaveLength(5);
    expect(outcomes).toMatchObject(done('free'));
    expect(names.filter(isTemporaryName)).toEqual([]);
    expect(readFileSync(at('log'), 'utf8')).toBe('old\nfree\n');
    expect(names).not.toContain('copy-few');
  },
);

test.runIf(posix)('one free descriptor is enough for all but a copy', () => {
  const { outcomes } = run('one-descriptor', { limit: 'ulimit -n 32;' });
  expect(outcomes).toMatchObject({
    ...done('few'),
    'copyFile few': expect.stringMatching(/EMFILE/),
  });
  expect(readFileSync(at('f'), 'utf8')).toBe('free');
  expect(readdirSync(home).filter(isTemporaryName)).toEqual([]);
});

test.runIf(posix)(
  'a narrow umask takes no bits from what is replaced, and gives none to what is new',
  () => {
    chmodSync(at('f'), 0o664);
    chmodSync(at('g'), 0o444);
    chmodSync(at('log'), 0o640);
    chmodSync(at('source'), 0o666);
    expect(run('everything').outcomes).toEqual(done('once'));
    const mode = (name: string) => (statSync(at(name)).mode & 0o777).toString(8);
    expect(['f', 'g', 'log', 'copy-once', 'a-once'].map(mode)).toEqual([
      '664',
      '444',
      '640',
      '666',
      '700',
    ]);
  },
);

test.runIf(posix && isRoot)(
  'in a directory that may not be written nothing changes (needs root, to become somebody else)',
  () => {
    mkdirSync(at('closed'));
    for (const name of ['', 'source', 'f', 'g', 'log']) chownSync(at(name), 65_534, 65_534);
    chmodSync(home, 0o555);
    const { outcomes, names } = run('everything', { uid: 65_534 });
    expect(outcomes).toMatchObject({
      'replaceFile once': expect.stringMatching(/EACCES/),
      'replaceFromStream once': expect.stringMatching(/EACCES/),
      'copyFile once': expect.stringMatching(/EACCES/),
      'makeDirectories once': expect.stringMatching(/EACCES/),
      // the file itself may be written
      'appendFile once': 'ok',
    });
    expect(names).toEqual(['closed', 'f', 'g', 'log', 'source']);
    expect(readFileSync(at('f'), 'utf8')).toBe('old');
  },
);

test.runIf(posix)(
  'a process killed at any moment leaves whole files and recognised leftovers',
  async () => {
    const whole = /^(\d+) x+ \1$/;
    const rounds = await killRounds({
      command: process.execPath,
      args: [join(program, 'child.mjs'), 'for-ever', home],
      rounds: killed,
      seed: 1,
      delay: [0, 40],
      marker: 'going',
      check() {
        // a rename moves f to its place: it may be absent, and is whole when it is there
        const present = ['f', 'published'].filter((name) => readdirSync(home).includes(name));
        expect(present).toContain('published');
        for (const name of present) expect(readFileSync(at(name), 'utf8')).toMatch(whole);
        const known = new Set(['f', 'g', 'log', 'published', 'source']);
        const others = readdirSync(home).filter((name) => !known.has(name));
        expect(others.every(isTemporaryName)).toBe(true);
        expect(removeLeftovers(nodeFileSystem(), home)).toHaveLength(others.length);
      },
    });
    expect(rounds.filter((round) => round.killed)).toHaveLength(killed);
  },
);
