// What every package of the repository has in common. Each rule takes a package (see workspace.mjs)
// and the root's manifest and returns what differs; check-packages.mjs runs them.
import { isDeepStrictEqual } from 'node:util';

import { exists, filesBelow, readJson, readText } from './workspace.mjs';

const PACK = 'pnpm pack --config.pnpmfile=scripts/pack-hooks.cjs --out reports/package.tgz';

const SCRIPTS = {
  library: {
    build: 'tsup && tsc -p tsconfig.build.json',
    'check-package': `${PACK} && publint run reports/package.tgz && attw reports/package.tgz --profile esm-only`,
    test: 'vitest run',
    typecheck: 'tsc',
  },
  app: {
    build: 'tsup',
    'check-package': `${PACK} && publint run reports/package.tgz`,
    test: 'vitest run',
    typecheck: 'tsc',
  },
  tooling: {},
};

const FILES = {
  library: [
    'LICENSE',
    'README.md',
    'tsconfig.json',
    'tsconfig.build.json',
    'tsup.config.ts',
    'vitest.config.ts',
    'turbo.json',
    'src/index.ts',
  ],
  app: [
    'LICENSE',
    'README.md',
    'tsconfig.json',
    'tsup.config.ts',
    'vitest.config.ts',
    'turbo.json',
  ],
  tooling: ['turbo.json'],
};

/** The files that tools and readers look for. */
function files({ folder, kind }) {
  const missing = FILES[kind]
    .filter((file) => !exists(folder, file))
    .map((file) => ({
      where: folder,
      problem: `has no ${file}`,
      mend:
        file === 'LICENSE'
          ? `cp LICENSE ${folder}/`
          : `add ${folder}/${file} as its neighbours have it`,
    }));
  const licence =
    kind !== 'tooling' &&
    exists(folder, 'LICENSE') &&
    readText(folder, 'LICENSE') !== readText('LICENSE')
      ? [
          {
            where: `${folder}/LICENSE`,
            problem: "is not the repository's",
            mend: `cp LICENSE ${folder}/`,
          },
        ]
      : [];
  return [...missing, ...licence];
}

/** package.json: the fields that are the same in all, or follow from the folder's name. */
export function manifest({ name, folder, kind, manifest: own }, root) {
  const common = {
    license: root.license,
    type: 'module',
    engines: root.engines,
    scripts: { ...own.scripts, ...SCRIPTS[kind] },
  };
  const expected = {
    library: {
      ...common,
      name: `@openkb/${name}`,
      files: ['dist', 'src'],
      sideEffects: false,
      exports: sourceExports(own.exports),
      publishConfig: { exports: publishedExports(own.exports), access: 'public' },
    },
    app: { ...common, files: ['dist'], publishConfig: { access: 'public' } },
    tooling: { name: `@openkb/${name}`, private: true, type: 'module', version: '0.0.0' },
  }[kind];
  const wrong = Object.entries(expected)
    .filter(([field, value]) => !isDeepStrictEqual(own[field], value))
    .map(([field, value]) => ({
      where: `${folder}/package.json`,
      problem: `"${field}" differs`,
      mend: `"${field}": ${JSON.stringify(value)}`,
    }));
  const sentence = /^[A-Z`a-z].{10,119}[^.]$/.test(own.description ?? '')
    ? []
    : [
        {
          where: `${folder}/package.json`,
          problem: '"description" is not one phrase of 12 to 120 characters without a full stop',
          mend: 'say what the package is, as the README does',
        },
      ];
  return [...wrong, ...sentence];
}

/** Every entry point resolves to sources for tests and types, and to dist for everybody else. */
const sourceExports = (exports) =>
  mapExports(exports, (path) => ({ '@openkb/source': `./src/${path}.ts`, ...built(path) }));

const publishedExports = (exports) => mapExports(exports, built);

const built = (path) => ({ types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` });

function mapExports(exports, entry) {
  const points = Object.keys({ '.': true, ...exports }).filter((key) => key !== './package.json');
  return {
    ...Object.fromEntries(
      points.map((key) => [
        key,
        entry(key === '.' ? 'index' : (sourceOf(exports[key]) ?? key.slice(2))),
      ]),
    ),
    './package.json': './package.json',
  };
}

/** `http/index` of `{ "@openkb/source": "./src/http/index.ts" }`: an entry may lie in a folder. */
function sourceOf(target) {
  return /^\.\/src\/(.+)\.ts$/.exec(target?.['@openkb/source'] ?? '')?.[1];
}

/** Siblings: `workspace:^` where a library is published, `workspace:*` where it is bundled or only for tests. */
export function siblings({ folder, kind, manifest: own }) {
  const wanted = {
    dependencies: kind === 'library' ? 'workspace:^' : 'workspace:*',
    devDependencies: 'workspace:*',
  };
  return Object.entries(wanted).flatMap(([field, range]) =>
    Object.entries(own[field] ?? {})
      .filter(([name, version]) => name.startsWith('@openkb/') && version !== range)
      .map(([name]) => ({
        where: `${folder}/package.json`,
        problem: `"${name}" in ${field} is not "${range}"`,
        mend: `"${name}": "${range}"`,
      })),
  );
}

/** The tag by which turbo.json keeps the layers apart, and the root's rule for it. */
export function tag({ name, folder, kind }) {
  const expected = [{ library: name, app: 'app', tooling: 'tooling' }[kind]];
  const own = exists(folder, 'turbo.json') ? readJson(folder, 'turbo.json').tags : undefined;
  const wrong = isDeepStrictEqual(own, expected)
    ? []
    : [
        {
          where: `${folder}/turbo.json`,
          problem: `"tags" is not ${JSON.stringify(expected)}`,
          mend: `"tags": ${JSON.stringify(expected)}`,
        },
      ];
  const ruled = readJson('turbo.json').boundaries.tags[expected[0]]
    ? []
    : [
        {
          where: 'turbo.json',
          problem: `no boundary for the tag "${expected[0]}"`,
          mend: `"boundaries": { "tags": { "${expected[0]}": { "dependencies": { "allow": ["tooling"] } } } }`,
        },
      ];
  return [...wrong, ...ruled];
}

/** A test holds the list of public names, so that none comes or goes unseen. */
export function publicNames({ folder, kind }) {
  if (kind !== 'library') return [];
  const held = filesBelow(`${folder}/test`, '.test.ts').some((path) => {
    const text = readText(path);
    return /Object\.keys\(/.test(text) && /\.\.\/src\/index\.ts/.test(text);
  });
  if (held) return [];
  return [
    {
      where: `${folder}/test`,
      problem: 'no test of the public names',
      mend: "expect(Object.keys(await import('../src/index.ts')).toSorted()).toEqual([...]) in test/public-names.test.ts",
    },
  ];
}

/** The README names the package and shows an example. */
function readme({ folder, kind, manifest: own }) {
  if (kind !== 'library' || !exists(folder, 'README.md')) return [];
  const text = readText(folder, 'README.md');
  const wanted = [
    [text.startsWith(`# ${own.name}\n`), `does not open with "# ${own.name}"`, `# ${own.name}`],
    [/^```ts\n/m.test(text), 'has no example in a ```ts block', 'add an example that a test runs'],
  ];
  return wanted
    .filter(([holds]) => !holds)
    .map(([, problem, mend]) => ({ where: `${folder}/README.md`, problem, mend }));
}

export const rules = [files, manifest, siblings, tag, publicNames, readme];
