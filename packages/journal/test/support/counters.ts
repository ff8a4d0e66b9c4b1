/** Counters in files that several processes raise: their sum and their log must always fit. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Change } from '../../src/index.ts';

const read = (root: string, path: string) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';

export const own = (root: string, writer: number) => Number(read(root, `own/${writer}`));

const write = (path: string, value: number): Change => ({
  kind: 'write',
  path,
  bytes: Buffer.from(String(value)),
});

/** One more for `writer`, read and written under the lock. */
export function raised(root: string, writer: number): Change[] {
  const count = own(root, writer) + 1;
  return [
    write('total', Number(read(root, 'total')) + 1),
    { kind: 'append', path: 'log', bytes: Buffer.from(`${writer} ${count}\n`) },
    write(`own/${writer}`, count),
  ];
}

/** What does not fit together; `undefined` for a tree that is no mixture of two states. */
export function mixture(root: string, writers: number): string | undefined {
  const total = Number(read(root, 'total'));
  const counts = Array.from({ length: writers }, (_, writer) => own(root, writer));
  const sum = counts.reduce((a, b) => a + b, 0);
  const lines = read(root, 'log').split('\n').slice(0, -1);
  const fits = sum === total && lines.length === total && new Set(lines).size === total;
  return fits ? undefined : `total ${total}, counters ${counts.join(' + ')}, log ${lines.length}`;
}
