/**
 * No command leaves a link that leads nowhere, whatever others do between its plan and its commit: a page that is linked
 * goes, or a page that links comes.
 */
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { LockProvider } from '@openkb/journal';
import { type Compiler, extractiveCompiler } from '@openkb/wiki-compiler';
import { expect, onTestFinished, test } from 'vitest';

import { realServices } from '../src/compose.ts';
import type { Services } from '../src/services.ts';
import { read, write } from './helpers/knowledge-base.ts';
import { run, temporaryDirectory } from './helpers/run.ts';

const LAMP =
  '# Lamp\n\nThe Argand lamp is an oil lamp. The Argand lamp has a wick. The Argand lamp is old.\n';
const HORN =
  '# Horn\n\nThe fog horn is a signal. The fog horn sounds in fog. A fog horn is loud.\n';
const LAMP_PAGE = 'wiki/concepts/argand-lamp.md';

async function started() {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, { 'lamp.md': LAMP, 'horn.md': HORN });
  await run(dir, ['init', 'kb']);
  const openkb = ([command = '', ...args]: readonly string[], services: Partial<Services> = {}) =>
    run(dir, [command, '--kb', 'kb', ...args], { services });
  expect((await openkb(['add', 'lamp.md'])).code).toBe(0);
  const kb = join(dir, 'kb');
  /** Dead links and cites, by lint. */
  const dead = async () =>
    (
      JSON.parse((await openkb(['lint', '--no-model', '--json'])).out) as {
        findings: { code: string; path: string }[];
      }
    ).findings.filter(({ code }) => code.startsWith('dead-'));
  return { dir, kb, openkb, dead };
}

/** What another process commits right before our first exclusive lock, the index touched as every commit does. */
function meanwhile(kb: string, commit: () => void): Pick<Services, 'locks'> {
  const locks = realServices().locks();
  let done = false;
  const tryLock: LockProvider['tryLock'] = (path, mode) => {
    if (!done && mode === 'exclusive' && path.endsWith('ingest.lock')) {
      done = true;
      commit();
      appendFileSync(join(kb, 'wiki/index.md'), '\n');
    }
    return locks.tryLock(path, mode);
  };
  return { locks: () => ({ ...locks, tryLock }) };
}

/** Links every concept that there is, and writes none. */
const compile: Compiler['compile'] = ({ name, title }, wiki) => {
  const links = wiki.list('concepts').map((path) => `- [[${path.slice(0, -3)}]] is near.\n`);
  const text = `---\ntype: "Summary"\n---\n\n# ${title}\n\n${links.join('')}`;
  const path = `summaries/${name}.md`;
  const page = { path, kind: 'summary', title, description: 'It is', action: 'create', text };
  return Promise.resolve({ pages: [page as never], messages: [] });
};

const linking: Pick<Services, 'compiler'> = {
  compiler: () => Promise.resolve({ ...extractiveCompiler(), compile }),
};

test.each([
  ['add', 'horn.md'],
  ['recompile', '--yes', 'lamp'],
])('%s plans again where a page that it links has gone', async (...args) => {
  const { kb, openkb, dead } = await started();
  write(kb, { 'wiki/concepts/wick.md': '---\ntype: "Concept"\n---\n\n# Wick\n' });
  const services = meanwhile(kb, () => rmSync(join(kb, 'wiki/concepts/wick.md')));
  expect((await openkb(args, { ...linking, ...services })).code).toBe(0);
  const page = args[0] === 'add' ? 'horn' : 'lamp';
  expect(read(kb, `wiki/summaries/${page}.md`)).toContain('argand-lamp');
  expect(read(kb, `wiki/summaries/${page}.md`)).not.toContain('wick');
  expect(await dead()).toEqual([]);
});

test('an answer that is saved links no page that has gone', async () => {
  const { kb, openkb, dead } = await started();
  const services = meanwhile(kb, () => {
    rmSync(join(kb, LAMP_PAGE));
    const summary = 'wiki/summaries/lamp.md';
    write(kb, { [summary]: read(kb, summary).replaceAll(/\[\[concepts[^\]]*\]\]/g, 'it') });
  });
  expect((await openkb(['query', '--save', 'argand lamp'], services)).code).toBe(0);
  const page = read(kb, 'wiki/explorations/argand-lamp.md');
  expect(page).toContain('sources/lamp');
  expect(page).not.toContain('concepts/argand-lamp');
  expect(await dead()).toEqual([]);
});

test('a removal takes the links out of a page that has come meanwhile', async () => {
  const { kb, openkb, dead } = await started();
  const page = 'wiki/explorations/new.md';
  const services = meanwhile(kb, () => {
    const cites = 'cites: ["concepts/argand-lamp.md"]';
    write(kb, {
      [page]: `---\ntype: "Exploration"\n${cites}\n---\n\n# New\n\nSee [[concepts/argand-lamp|the lamp]].\n`,
    });
  });
  expect((await openkb(['remove', '--yes', 'lamp'], services)).code).toBe(0);
  expect(read(kb, page)).toContain('See the lamp.');
  expect(await dead()).toEqual([]);
});

test('an undo takes the links out of pages that others have made since, and gives them back when it is undone', async () => {
  const { kb, openkb, dead } = await started();
  await openkb(['query', '--save', 'argand lamp']);
  const page = 'wiki/explorations/argand-lamp.md';
  const before = read(kb, page);
  expect(before).toContain('[[concepts/argand-lamp');
  expect((await openkb(['undo', '--yes', '2'])).code).toBe(0);
  expect(read(kb, page)).not.toContain('[[concepts/argand-lamp');
  expect(read(kb, page)).toContain('oil lamp');
  expect(await dead()).toEqual([]);
  expect((await openkb(['undo', '--yes'])).code).toBe(0);
  expect(read(kb, page)).toBe(before);
  expect(await dead()).toEqual([]);
});

test('an undo that meets a new page with links says so and changes nothing', async () => {
  const { kb, openkb } = await started();
  const page = 'wiki/explorations/new.md';
  const services = meanwhile(kb, () =>
    write(kb, { [page]: '# New\n\n[[concepts/argand-lamp]]\n' }),
  );
  const { code, err } = await openkb(['undo', '--yes'], services);
  expect(code).toBe(1);
  expect(err).toContain(`changed since: "${page}"`);
  expect(read(kb, LAMP_PAGE)).toContain('Argand lamp');
});
