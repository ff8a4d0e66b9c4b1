#!/usr/bin/env node
// Is every package made like its neighbours? The rules, one function each, are in
// support/package-rules.mjs.
import { rules } from './support/package-rules.mjs';
import { packages, readJson, report } from './support/workspace.mjs';

const all = packages();
const root = readJson('package.json');

/**
 * The program is one bundle, and is released again when a package changes that it names itself: what
 * it reaches only through another one must be named too.
 */
function bundled() {
  const app = all.find(({ manifest }) => manifest.name === 'openkb');
  const own = app.manifest.dependencies;
  return all
    .filter(({ manifest }) => manifest.name in own)
    .flatMap(({ manifest }) => Object.keys(manifest.dependencies ?? {}))
    .filter((name) => name.startsWith('@openkb/') && !(name in own))
    .map((name) => ({
      where: `${app.folder}/package.json`,
      problem: `"dependencies" lacks "${name}", which it bundles`,
      mend: `"${name}": "workspace:*"`,
    }));
}

report('packages', [
  ...all.flatMap((one) => rules.flatMap((rule) => rule(one, root))),
  ...bundled(),
]);
