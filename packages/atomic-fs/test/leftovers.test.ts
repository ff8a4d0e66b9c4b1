import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { nodeFileSystem, removeLeftovers, type FileSystem } from '../src/index.ts';

const disk = nodeFileSystem();
let home: string;
const at = (name: string) => join(home, name);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'openkb-leftovers-'));
  mkdirSync(at('below'));
  for (const name of ['page.md', '.openkb-a1.tmp', '.openkb-b2.tmp', 'below/.openkb-c3.tmp']) {
    writeFileSync(at(name), name);
  }
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('temporary siblings go, durably, and everything else stays', () => {
  const synced: string[] = [];
  const watched: FileSystem = { ...disk, syncDirectory: (path) => void synced.push(path) };
  for (const name of ['.openkb', '.openkb-.tmp', '.openkb-a-b.tmp', 'x.openkb-a1.tmp', 'b.tmp']) {
    writeFileSync(at(name), '');
  }
  expect(removeLeftovers(watched, home)).toEqual([at('.openkb-a1.tmp'), at('.openkb-b2.tmp')]);
  expect(removeLeftovers(watched, home)).toEqual([]);
  expect(synced).toEqual([home]);
  expect(disk.list(home)).toEqual([
    '.openkb',
    '.openkb-.tmp',
    '.openkb-a-b.tmp',
    'b.tmp',
    'below',
    'page.md',
    'x.openkb-a1.tmp',
  ]);
  expect(existsSync(at('below/.openkb-c3.tmp'))).toBe(true);
});

test('directories below are cleaned when asked for', () => {
  expect(removeLeftovers(disk, home, { deep: true })).toHaveLength(3);
  expect(disk.list(at('below'))).toEqual([]);
});

test('links are neither followed nor removed, and directories stay, whatever their names', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'openkb-elsewhere-'));
  try {
    writeFileSync(join(elsewhere, '.openkb-d4.tmp'), 'theirs');
    symlinkSync(elsewhere, at('link'));
    symlinkSync(join(elsewhere, '.openkb-d4.tmp'), at('.openkb-e5.tmp'));
    mkdirSync(at('.openkb-f6.tmp'));
    expect(removeLeftovers(disk, home, { deep: true })).toHaveLength(3);
    expect(disk.list(home)).toEqual([
      '.openkb-e5.tmp',
      '.openkb-f6.tmp',
      'below',
      'link',
      'page.md',
    ]);
    expect(disk.list(elsewhere)).toEqual(['.openkb-d4.tmp']);
    expect(() => removeLeftovers(disk, at('link'))).toThrow(/ENOTDIR/);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test('one that another process removes meanwhile is no error', () => {
  const raced: FileSystem = {
    ...disk,
    unlink(path) {
      disk.unlink(path);
      disk.unlink(path);
    },
  };
  expect(removeLeftovers(raced, home)).toEqual([]);
  expect(disk.list(home)).toEqual(['below', 'page.md']);
});
