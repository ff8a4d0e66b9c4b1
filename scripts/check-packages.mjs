#!/usr/bin/env node
// Is every package made like its neighbours? The rules, one function each, are in
// support/package-rules.mjs.
import { rules } from './support/package-rules.mjs';
import { packages, readJson, report } from './support/workspace.mjs';

const all = packages();
const root = readJson('package.json');

/** The program is one bundle: it is released again when a package that it names in full is. */
function bundled() {
  const app = all.find(({ manifest }) => manifest.name === 'openkb');
  return all
    .filter(({ kind, manifest }) => kind === 'library' && !app.manifest.dependencies[manifest.name])
    .map(({ manifest }) => ({
      where: `${app.folder}/package.json`,
      problem: `"dependencies" lacks "${manifest.name}"`,
      mend: `"${manifest.name}": "workspace:*"`,
    }));
}

report('packages', [
  ...all.flatMap((one) => rules.flatMap((rule) => rule(one, root))),
  ...bundled(),
]);
