#!/usr/bin/env node
// `pnpm bench [package …]`: builds, then runs every bench/*.mjs of the packages, one after the other.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);

function run(command, args, cwd = root) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

run('turbo', ['run', 'build', '--output-logs=errors-only']);
for (const group of ['packages', 'apps']) {
  for (const name of readdirSync(join(root, group))) {
    const folder = join(root, group, name, 'bench');
    if (!existsSync(folder) || (wanted.length > 0 && !wanted.includes(name))) continue;
    for (const file of readdirSync(folder).filter((one) => one.endsWith('.mjs'))) {
      console.log(`\n${group}/${name}: ${file}`);
      run(process.execPath, [join(folder, file)], join(root, group, name));
    }
  }
}
