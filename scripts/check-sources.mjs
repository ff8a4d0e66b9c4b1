#!/usr/bin/env node
// Do the sources keep the architecture invariants of ARCHITECTURE.md? The rules, one function each,
// are in support/source-rules.mjs. Of packages/test-kit and packages/dev, which serve tests, only the tests are asked.
import { rules, testRules } from './support/source-rules.mjs';
import { filesBelow, packages, readText, report } from './support/workspace.mjs';

const read = (paths) => paths.map((path) => ({ path, code: readText(path) }));
const sources = read(
  packages()
    .filter(({ kind }) => kind !== 'tooling')
    .flatMap(({ folder }) => filesBelow(`${folder}/src`, '.ts')),
);
const tests = read(
  packages().flatMap(({ folder }) =>
    ['.ts', '.mjs'].flatMap((ending) => filesBelow(`${folder}/test`, ending)),
  ),
).filter(({ path }) => !path.endsWith('.bench.ts'));

report('sources', [
  ...sources.flatMap((file) => rules.flatMap((rule) => rule(file))),
  ...tests.flatMap((file) => testRules.flatMap((rule) => rule(file))),
]);
