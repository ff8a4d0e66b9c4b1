#!/usr/bin/env node
// Do the files under version control hold nothing of one machine, and do their links lead
// somewhere? The rules are in support/tracked-rules.mjs. Skipped, and said so, outside git.
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';

import { links, machinePath, registry } from './support/tracked-rules.mjs';
import { exists, readText, report, root } from './support/workspace.mjs';

const { status, stdout } = spawnSync('git', ['ls-files', '-z'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: Number.MAX_SAFE_INTEGER,
});

if (status === 0) {
  const tracked = stdout.split('\0').filter((path) => path && exists(path));
  const rules = [registry, machinePath([root.replace(/[\\/]$/, ''), homedir()]), links(tracked)];
  const files = tracked
    .map((path) => ({ path, text: readText(path) }))
    .filter(({ text }) => !text.includes('\0'));
  report(
    'tracked files',
    files.flatMap((file) => rules.flatMap((rule) => rule(file))),
  );
} else {
  console.error('tracked files: skipped, this is no git checkout');
}
