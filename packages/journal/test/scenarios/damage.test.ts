/** Journals that are damaged, foreign or hostile, made at random: nothing is deleted, nothing outside is touched. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Change } from '../../src/index.ts';
import { commitOnce, cut, journalOf, temporaryRoot, text, tree, write } from '../support/real.ts';

const BEFORE = { 'a.md': 'a before', 'gone.md': 'gone before' };
const CHANGES: Change[] = [
  { kind: 'write', path: 'a.md', bytes: text('a after') },
  { kind: 'remove', path: 'gone.md' },
  { kind: 'write', path: 'new.md', bytes: text('new') },
];

/** A root with an active mutation whose changes are all made; `copies` of it may be damaged. */
async function interrupted(): Promise<{ root: string; directory: string; live: object }> {
  const root = temporaryRoot();
  write(root, BEFORE);
  for (const path of Object.keys(BEFORE))
    utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
  await cut(root, CHANGES);
  return { root, directory: join('.openkb/journal', journalIds(root)[0]!), live: tree(root) };
}

const journalIds = (root: string) => readdirSync(join(root, '.openkb/journal'));

/** A copy with hard links and time stamps, to be damaged and thrown away. */
function copyOf(root: string): string {
  const copy = join(temporaryRoot(), 'copy');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** Contents of all files below a directory, whatever they are called. */
const contents = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => readFileSync(path, 'latin1'));

async function lockOnce(root: string) {
  const session = await journalOf(root).acquire('exclusive', { unrecovered: 'report' });
  session.release();
  return session;
}

const damages = fc.oneof(
  fc.record({ kind: fc.constant('bytes' as const), bytes: fc.uint8Array({ maxLength: 300 }) }),
  fc.record({ kind: fc.constant('flip' as const), bit: fc.nat() }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('huge' as const) }),
  fc.record({ kind: fc.constantFrom('directory' as const, 'link' as const) }),
);

function damage(file: string, how: typeof damages extends fc.Arbitrary<infer T> ? T : never): void {
  const bytes = readFileSync(file);
  if (how.kind === 'bytes') writeFileSync(file, how.bytes);
  else if (how.kind === 'huge') writeFileSync(file, Buffer.alloc(5_000_000, bytes));
  else if (how.kind === 'cut') truncateSync(file, how.at % bytes.length);
  else if (how.kind === 'flip') {
    const bit = how.bit % (bytes.length * 8);
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    writeFileSync(file, bytes);
  } else {
    rmSync(file);
    if (how.kind === 'directory') mkdirSync(file);
    else symlinkSync('/etc/passwd', file);
  }
}

test('48, J04, I11: whatever a record holds or is, the lock is granted and nothing is deleted', async () => {
  const { root, directory, live } = await interrupted();
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(damages, async (how) => {
      const copy = copyOf(root);
      damage(join(copy, directory, 'active'), how);
      const session = await lockOnce(copy);
      const { outcome } = session.recovered[0] ?? { outcome: 'later version' };
      outcomes.add(outcome);
      // what did no harm (or only to the version) may be read still
      expect(tree(copy)).toEqual(outcome === 'rolled back' ? BEFORE : live);
      expect([...contents(join(copy, '.openkb')), ...contents(copy)]).toEqual(
        expect.arrayContaining(Object.values(BEFORE)),
      );
      if (outcome === 'later version') return;
      expect(session.failures).toEqual([]);
      expect(journalIds(copy)).toEqual([]);
      await commitOnce(journalOf(copy), [{ kind: 'write', path: 'next.md', bytes: text('x') }]);
    }),
    { numRuns: Number(process.env['OPENKB_PROPERTY_RUNS'] ?? 40) },
  );
  expect(outcomes).toContain('set aside');
});

test('47, J14, I9: whatever happens to a saved original, no live path is touched and every original stays', async () => {
  const { root, directory, live } = await interrupted();
  await fc.assert(
    fc.asyncProperty(damages, fc.constantFrom(0, 1), async (how, n) => {
      const copy = copyOf(root);
      const original = join(copy, directory, 'before', String(n));
      const [sound, other] = n === 0 ? Object.values(BEFORE).toReversed() : Object.values(BEFORE);
      damage(original, how);
      if (how.kind !== 'directory' && how.kind !== 'link')
        utimesSync(original, 1_700_000_000, 1_700_000_000);
      if (how.kind === 'bytes' && Buffer.from(how.bytes).toString() === other) return;
      const session = await lockOnce(copy);
      expect(session.failures).toMatchObject([{ reason: expect.stringContaining('original') }]);
      expect(tree(copy)).toEqual(live);
      expect(contents(join(copy, directory))).toContain(sound);
      // a person may set it aside, with everything
      const again = await journalOf(copy).acquire('exclusive', { unrecovered: 'report' });
      again.setAside(again.failures[0]!.id);
      again.release();
      expect(tree(copy)).toEqual(live);
      expect(contents(join(copy, '.openkb/quarantine'))).toContain(sound);
    }),
    { numRuns: 30 },
  );
});

const hostile = fc.oneof(
  fc.constantFrom(
    '/etc/hostname',
    '..',
    '../x.md',
    'wiki/../../x.md',
    './x',
    'a//b',
    'a/',
    '',
    'C:/x',
  ),
  fc.constantFrom(
    'link/x.md',
    'link',
    'a\\..\\x.md',
    'a\0b',
    '.openkb/journal/x',
    '.OPENKB/staging/y',
  ),
  fc.string({ maxLength: 12 }).map((name) => `../${name}`),
  fc.string({ maxLength: 12 }).map((name) => `link/${name.replaceAll('/', '')}`),
);

test('49, J17, I2: a record with any hostile path, its checksum right, touches nothing outside', async () => {
  const { root, directory } = await interrupted();
  const outside = temporaryRoot();
  write(outside, { 'x.md': 'theirs', 'deep/y.md': 'theirs too' });
  const theirs = tree(outside);
  symlinkSync(outside, join(root, 'link'));
  const [, body] = readFileSync(join(root, directory, 'active'), 'utf8').split('\n');
  await fc.assert(
    fc.asyncProperty(hostile, fc.constantFrom('made', 'written', 'removed'), async (path, use) => {
      const copy = copyOf(root);
      const record = JSON.parse(body!);
      if (use === 'made') record.made.push(path);
      else if (use === 'removed')
        record.touched.push({ path, before: null, after: record.touched[0].after });
      else record.touched[1].path = path;
      const line = `${JSON.stringify(record)}\n`;
      const sum = createHash('sha256').update(line).digest('hex');
      writeFileSync(join(copy, directory, 'active'), `openkb-journal 1 ${sum}\n${line}`);
      const { recovered, failures } = await lockOnce(copy);
      expect([...recovered.map(({ outcome }) => outcome), ...failures]).toEqual(['set aside']);
      expect(tree(outside)).toEqual(theirs);
      expect(readFileSync(join(copy, 'a.md'), 'utf8')).toBe('a after');
    }),
    { numRuns: 50 },
  );
});
