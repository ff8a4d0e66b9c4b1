/**
 * Adds up what the loops and the kills of all test files have explored, and prints it at the end.
 * Each test file hands its figures over with `explored` (test/support/explored.ts), as a line of the
 * file that the environment variable names: the files may run in several threads.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EXPLORED_FILE, FIGURES, type Explored } from '../support/explored.ts';

export function collectExplorations(): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'openkb-explored-'));
  const file = join(directory, 'lines');
  process.env[EXPLORED_FILE] = file;
  return () => {
    if (existsSync(file)) {
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      console.log(`\n${summary(lines.map((line) => JSON.parse(line) as Explored))}\n`);
    }
    rmSync(directory, { recursive: true, force: true });
  };
}

function summary(parts: readonly Explored[]): string {
  const sums = FIGURES.map((figure) => {
    const sum = parts.reduce((total, part) => total + (part[figure] ?? 0), 0);
    return `${sum.toLocaleString('en')} ${figure}`;
  });
  return `explored in all, in ${parts.length} loops: ${sums.join(', ')}`;
}
