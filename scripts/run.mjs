#!/usr/bin/env node
// `npm test`, `npm run demo` and `npm run pack` on a machine that has only Node.js and npm:
// gets the pnpm that package.json pins, installs from the lockfile, runs turbo.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { failedTests } from './support/failed-tests.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = join(root, '.tools');
const windows = process.platform === 'win32';
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), join(tools, 'node_modules/.bin'), process.env.PATH].join(
    delimiter,
  ),
  TURBO_TELEMETRY_DISABLED: '1',
};

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** Runs a command from the root and returns its exit code; `quiet` shows its output only when it fails. */
function run(command, args, { quiet = false, env: extra = {} } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: Number.MAX_SAFE_INTEGER,
    shell: windows,
    env: { ...env, ...extra },
  });
  if (error) throw error;
  if (quiet && status !== 0) process.stderr.write(stdout + stderr);
  return status ?? 1;
}

function must(...args) {
  const status = run(...args);
  if (status !== 0) process.exit(status);
}

/** Stops with one sentence on a Node.js that is older than `engines` in package.json. */
function checkNode() {
  const least = readJson('package.json').engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = least.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  console.error(
    `openkb: needs Node.js ${least} or newer, and this is ${process.versions.node}.\n` +
      'Install a newer one, for instance from https://nodejs.org, and run the same command again.',
  );
  process.exit(1);
}

function setUp() {
  const version = readJson('package.json').packageManager.replace(/^pnpm@|\+.*$/g, '');
  const manifest = '.tools/node_modules/pnpm/package.json';
  const have = existsSync(join(root, manifest)) ? readJson(manifest).version : undefined;
  if (have !== version) {
    console.error(`getting pnpm ${version} …`);
    const flags = [
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
    ];
    must('npm', ['install', '--prefix', tools, ...flags, `pnpm@${version}`], { quiet: true });
  }
  if (!existsSync(join(root, 'node_modules'))) console.error('installing packages …');
  must(
    'pnpm',
    [
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--reporter=append-only',
      '--loglevel=warn',
    ],
    {
      env: { CI: 'true' },
    },
  );
}

function build() {
  console.error('building …');
  must('turbo', ['run', 'build', '--filter=openkb...', '--concurrency=2'], { quiet: true });
}

const reports = () =>
  ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name, 'reports/vitest.json')),
  );

const summaries = join(root, '.turbo/runs');

/** What each package's tests reported, summed; turbo restores the reports of cached runs. */
function totals() {
  const all = reports()
    .filter(existsSync)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const sum = (count) => all.reduce((total, report) => total + count(report), 0);
  return {
    passed: sum(({ numPassedTests }) => numPassedTests),
    failed: sum(({ numFailedTests }) => numFailedTests),
    skipped: sum(({ numPendingTests, numTodoTests }) => numPendingTests + numTodoTests),
    told: all.flatMap((report) => failedTests(report, root)),
  };
}

/**
 * The turbo tasks of the last run that ended with an error. `explained`: a failed test that is
 * counted says why. A type error, or a test file that did not even start, says nothing there.
 */
function redTasks() {
  if (!existsSync(summaries)) return [];
  return readdirSync(summaries)
    .flatMap((name) => JSON.parse(readFileSync(join(summaries, name), 'utf8')).tasks)
    .filter(({ execution }) => execution && execution.exitCode !== 0)
    .map(({ taskId, task, directory }) => {
      const report = join(root, directory, 'reports/vitest.json');
      const explained =
        task === 'test' &&
        existsSync(report) &&
        JSON.parse(readFileSync(report, 'utf8')).numFailedTests > 0;
      return { name: taskId, explained };
    });
}

/** Everything that must be green, then, last, the plain line `N passed, N failed`. */
function test(flags) {
  const tasks = ['build', 'typecheck', 'test', '//#lint'];
  for (const file of reports()) rmSync(file, { force: true });
  rmSync(summaries, { recursive: true, force: true });
  const turbo = run(
    'turbo',
    [
      'run',
      ...tasks,
      '--summarize',
      '--concurrency=2',
      '--continue=dependencies-successful',
      '--log-order=grouped',
      ...flags,
    ],
    { env: { OPENKB_REPORT: '1' } },
  );
  const boundaries = run('turbo', ['boundaries'], { quiet: true });
  const red = redTasks();
  if (boundaries !== 0) red.push({ name: 'boundaries', explained: false });
  const { passed, failed, skipped, told } = totals();
  for (const text of told) console.log('failed:', text);
  if (red.length > 0) console.log(`red: ${red.map(({ name }) => name).join(', ')}`);
  // each red task that no failed test explains counts as one failure
  const silent = red.filter(({ explained }) => !explained).length;
  const unnamed = turbo !== 0 && red.length === 0 ? 1 : 0;
  if (skipped > 0) console.log(`${skipped} skipped: what they need is not on this machine`);
  console.log(`${passed} passed, ${failed + silent + unnamed} failed`);
  return turbo || boundaries || (failed > 0 || passed === 0 ? 1 : 0);
}

// the pack hook takes out of the manifest what the bundle holds
const packFlags = [
  '--config.pnpmfile=scripts/pack-hooks.cjs',
  '--out',
  join(root, 'dist/openkb.tgz'),
];

const [task, ...rest] = process.argv.slice(2);
switch (task) {
  case 'demo':
    checkNode();
    setUp();
    build();
    must('node', ['apps/cli/scripts/demo.mjs', ...rest]);
    break;
  case 'test':
    checkNode();
    setUp();
    process.exitCode = test(rest);
    break;
  case 'pack':
    checkNode();
    setUp();
    build();
    must('pnpm', ['--silent', '--filter', 'openkb', 'pack', ...packFlags], { quiet: true });
    console.log('made dist/openkb.tgz; install it with: npm install --global ./dist/openkb.tgz');
    break;
  default:
    console.error('usage: node scripts/run.mjs demo [DIR] | test [turbo flags] | pack');
    process.exitCode = 2;
}
