import assert from 'node:assert/strict';
import { test } from 'node:test';

import { manifest, publicNames, siblings, tag } from '../support/package-rules.mjs';
import { packages, readJson } from '../support/workspace.mjs';

const root = readJson('package.json');
const library = packages().find(({ kind }) => kind === 'library');
const changed = (change) => ({ ...library, manifest: { ...library.manifest, ...change } });
const entry = (path) => ({ types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` });
const problems = (found) => found.map(({ problem }) => problem);

test('each field that a package shares with its neighbours is held', () => {
  assert.deepEqual(manifest(library, root), []);
  for (const [field, value] of Object.entries({
    name: 'other',
    license: 'ISC',
    type: 'commonjs',
    sideEffects: true,
    files: ['dist'],
    engines: { node: '>=18' },
    scripts: { ...library.manifest.scripts, test: 'true' },
    publishConfig: { access: 'public' },
    exports: { '.': './dist/index.js' },
  })) {
    const expected = field === 'exports' ? ['"exports" differs'] : [`"${field}" differs`];
    assert.deepEqual(problems(manifest(changed({ [field]: value }), root)), expected, field);
  }
  assert.equal(manifest(changed({ description: 'Short.' }), root).length, 1);
});

test('a script of its own and a second entry point are no difference', () => {
  const scripts = { ...library.manifest.scripts, bench: 'vitest bench --run' };
  assert.deepEqual(manifest(changed({ scripts }), root), []);
  const second = changed({
    exports: {
      '.': library.manifest.exports['.'],
      './node': { '@openkb/source': './src/node/index.ts', ...entry('node/index') },
      './package.json': './package.json',
    },
    publishConfig: {
      exports: {
        '.': entry('index'),
        './node': entry('node/index'),
        './package.json': './package.json',
      },
      access: 'public',
    },
  });
  assert.deepEqual(manifest(second, root), []);
});

test('a sibling with the wrong range is found', () => {
  const wrong = { dependencies: { '@openkb/wiki': 'workspace:*' }, devDependencies: {} };
  assert.equal(siblings({ ...library, manifest: wrong }).length, 1);
  assert.equal(siblings({ ...library, kind: 'app', manifest: wrong }).length, 0);
});

test('a package without the tag of its layer, or without a test of its names, is found', () => {
  assert.equal(tag({ ...library, name: 'other' }).length, 2);
  assert.equal(publicNames({ ...library, folder: 'scripts' }).length, 1);
});
