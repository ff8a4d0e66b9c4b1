#!/usr/bin/env node
// Do the sources keep the architecture invariants of ARCHITECTURE.md? The rules, one function each,
// are in support/source-rules.mjs. packages/test-kit and packages/dev serve tests and are left out.
import { rules } from './support/source-rules.mjs';
import { filesBelow, packages, readText, report } from './support/workspace.mjs';

const files = packages()
  .filter(({ kind }) => kind !== 'tooling')
  .flatMap(({ folder }) => filesBelow(`${folder}/src`, '.ts'))
  .map((path) => ({ path, code: readText(path) }));

report(
  'sources',
  files.flatMap((file) => rules.flatMap((rule) => rule(file))),
);
