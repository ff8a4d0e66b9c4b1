/** A real overlay, as containers have: a page of the lower layer gets another inode when it is first changed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test, type TestContext } from 'vitest';

import {
  commitOnce,
  cut,
  disk,
  journalOf,
  put,
  recoverNow,
  temporaryRoot,
  tree,
} from '../support/real.ts';

/** @returns false where it may not be mounted */
function mounted(at: string, ...args: string[]): boolean {
  try {
    execFileSync('mount', [...args, at], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', [at]));
  return true;
}

/** A root whose pages lie in a lower layer on another device. */
function overlay({ skip }: TestContext): string {
  const home = temporaryRoot();
  const at = (name: string): string => join(home, name);
  for (const name of ['lower', 'upper', 'work', 'root']) mkdirSync(at(name));
  if (!mounted(at('lower'), '-t', 'tmpfs', 'tmpfs')) skip('no tmpfs may be mounted here');
  mkdirSync(at('lower/.openkb'));
  for (const name of ['a.md', 'gone.md']) writeFileSync(join(at('lower'), name), 'before');
  const layers = `lowerdir=${at('lower')},upperdir=${at('upper')},workdir=${at('work')},xino=off`;
  if (!mounted(at('root'), '-t', 'overlay', '-o', layers, 'overlay')) {
    skip('no overlay may be mounted here');
  }
  return at('root');
}

const CHANGES = [put('a.md'), { kind: 'remove', path: 'gone.md' } as const];

test('70: pages of a lower layer are changed at the first try and kept for undo', async (context) => {
  const root = overlay(context);
  const before = statSync(join(root, 'a.md'));
  const { id } = await commitOnce(journalOf(root, disk, { keep: 1 }), CHANGES);
  expect(tree(root)).toEqual({ 'a.md': 'after' });
  const session = await journalOf(root, disk, { keep: 1 }).acquire('exclusive');
  session.undo(id, { operation: 'undo' });
  session.release();
  expect(tree(root)).toEqual({ 'a.md': 'before', 'gone.md': 'before' });
  expect(statSync(join(root, 'a.md')).ino).not.toBe(before.ino);
});

test('70: pages of a lower layer come back by rollback though their inodes differ', async (context) => {
  const root = overlay(context);
  await cut(root, CHANGES);
  expect(tree(root)).toEqual({ 'a.md': 'after' });
  await recoverNow(root);
  expect(tree(root)).toEqual({ 'a.md': 'before', 'gone.md': 'before' });
});
