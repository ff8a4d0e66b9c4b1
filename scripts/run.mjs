#!/usr/bin/env node
// `npm test` and `npm run demo` on a machine that has only Node.js and npm:
// gets the pnpm that package.json pins, installs from the lockfile, runs turbo.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

function setUp() {
  const version = readJson('package.json').packageManager.replace(/^pnpm@|\+.*$/g, '');
  let have;
  try {
    have = readJson('.tools/node_modules/pnpm/package.json').version;
  } catch {
    // the first time
  }
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

const reports = () =>
  ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name, 'reports/vitest.json')),
  );

/** Sums what each package's tests reported; turbo restores the reports of cached runs. */
function totals() {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const file of reports()) {
    try {
      const report = JSON.parse(readFileSync(file, 'utf8'));
      sum.passed += report.numPassedTests;
      sum.failed += report.numFailedTests;
      sum.skipped += report.numPendingTests + report.numTodoTests;
    } catch {
      // a package without tests
    }
  }
  return sum;
}

const [task, ...rest] = process.argv.slice(2);
switch (task) {
  case 'demo':
    setUp();
    must('turbo', ['run', 'build', '--filter=openkb...'], { quiet: true });
    must('pnpm', ['--silent', '--filter', 'openkb', 'run', 'demo', ...rest]);
    break;
  case 'test': {
    setUp();
    for (const file of reports()) rmSync(file, { force: true });
    const tasks = ['build', 'typecheck', 'test', '//#lint'];
    const turbo = run(
      'turbo',
      ['run', ...tasks, '--continue=dependencies-successful', '--log-order=grouped', ...rest],
      {
        env: { OPENKB_REPORT: '1' },
      },
    );
    const boundaries = run('turbo', ['boundaries'], { quiet: true });
    const { passed, failed, skipped } = totals();
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    process.exitCode = turbo || boundaries || (failed > 0 || passed === 0 ? 1 : 0);
    break;
  }
  default:
    console.error('usage: node scripts/run.mjs demo|test [turbo flags]');
    process.exitCode = 2;
}
