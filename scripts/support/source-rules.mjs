// The architecture invariants that can be seen in the text of a source file. Each rule takes a file
// and returns what breaks it; check-sources.mjs runs them over the repository.
import { imports, withoutComments } from './code.mjs';

/** Calls of `node:fs` that change nothing on disk. Whatever is not listed counts as writing. */
const READS = new Set(
  (
    'accessSync closeSync existsSync fstatSync lstatSync opendirSync readFileSync readdirSync readlinkSync readSync ' +
    'realpathSync statfsSync statSync createReadStream access lstat opendir readFile readdir readlink ' +
    'realpath stat statfs constants Dirent Stats watch'
  ).split(' '),
);

const FS = new Set(['fs', 'fs/promises', 'node:fs', 'node:fs/promises']);

/** The only folder whose code may change files. */
const WRITER = 'packages/atomic-fs/src/node/';

/** Packages that compute and nothing else. */
const PURE = ['tree-index', 'wiki', 'wiki-compiler'];

const OUTSIDE =
  /^(?:node:)?(?:fs|fs\/promises|net|tls|dgram|http|https|http2|dns|child_process|worker_threads|cluster|os|process|tty|readline)$/;

/** What a library must be handed instead of reaching for it. */
const AMBIENT = [
  [/\bprocess\s*\.\s*(?:env|stdout|stderr|stdin|cwd|argv|exit|on|once|exitCode)\b/, 'the process'],
  [/\bprocess\s*\[/, 'the process'],
  [/\b(?:homedir|userInfo)\s*\(/, 'the home directory'],
  [/\bDate\s*\.\s*now\b/, 'the clock'],
  [/\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())/, 'the clock'],
  [/(?<!\bnew\s+|[.\w])Date\s*\(\s*\)/, 'the clock'],
  [/\bperformance\s*\.\s*now\b/, 'the clock'],
  [/\bconsole\s*\.\s*\w+/, 'the terminal'],
];

/** How long something took, or how busy the machine was with it. */
const STOPWATCH =
  /\bperformance\s*\.\s*(?:now|mark|measure|timerify|eventLoopUtilization)\b|\b(?:cpuUsage|hrtime|resourceUsage)\s*[.(]/;

const MAX_LINES = 300;

/** Only atomic-fs's node implementation writes through `node:fs`; every other change is a commit. */
export function writesElsewhere({ path, code }) {
  if (path.startsWith(WRITER)) return [];
  return imports(code)
    .filter(({ module }) => FS.has(module))
    .flatMap(({ module, names, line }) => {
      const writing = names.filter(
        (name) => !READS.has(name) && !(name === 'openSync' && opensToRead(code)),
      );
      if (writing.length === 0) return [];
      return [
        {
          where: `${path}:${line}`,
          problem: `takes ${writing.map((name) => (name === '*' ? 'the whole module' : `"${name}"`)).join(', ')} from "${module}"`,
          mend: 'import the reading functions by name; write through @openkb/atomic-fs or, in a knowledge base, through a commit of @openkb/journal',
        },
      ];
    });
}

/** Whether each call of `openSync` names the flag `r`, or none. */
function opensToRead(code) {
  const calls = [...withoutComments(code).matchAll(/\bopenSync\s*\(([^)]*)\)/g)];
  return calls.every(([, given]) => /^[^,]*(?:,\s*'r'\s*)?,?\s*$/.test(given));
}

/** wiki, wiki-compiler and tree-index do no input or output at all. */
export function impure({ path, code }) {
  if (!PURE.some((name) => path.startsWith(`packages/${name}/src/`))) return [];
  const modules = imports(code)
    .filter(({ module }) => OUTSIDE.test(module))
    .map(({ module, line }) => ({ line, what: `"${module}"` }));
  const calls = lines(code)
    .filter(({ text }) => /(?<![.\w])fetch\s*\(/.test(text))
    .map(({ line }) => ({ line, what: 'fetch' }));
  return [...modules, ...calls].map(({ line, what }) => ({
    where: `${path}:${line}`,
    problem: `uses ${what}, and this package is pure`,
    mend: 'take the value, or a port that the caller implements, as a parameter',
  }));
}

/** A library never reads the environment, the home directory, the clock or the terminal on its own. */
export function ambient({ path, code }) {
  if (!path.startsWith('packages/')) return [];
  return lines(code).flatMap(({ text, line }) =>
    AMBIENT.filter(([pattern]) => pattern.test(text)).map(([pattern, what]) => ({
      where: `${path}:${line}`,
      problem: `"${pattern.exec(text)[0].trim()}" reaches for ${what}`,
      mend: 'take it as a parameter; apps/cli/src/compose.ts hands in the real one',
    })),
  );
}

/** Settings and test parts never get into what is published. */
export function testParts({ path, code }) {
  return imports(code)
    .filter(({ module }) =>
      /^(?:@openkb\/(?:dev|test-kit)(?:\/|$)|vitest$|fast-check$)/.test(module),
    )
    .map(({ module, line }) => ({
      where: `${path}:${line}`,
      problem: `imports "${module}", which is for tests`,
      mend: 'move what is needed into the package, or this code into test/',
    }));
}

/** A test passes on a slow machine that does other work besides: it never asks how long something took. */
export function judgedByClock({ path, code }) {
  return lines(code)
    .filter(({ text }) => STOPWATCH.test(text))
    .map(({ text, line }) => ({
      where: `${path}:${line}`,
      problem: `"${STOPWATCH.exec(text)[0].trim()}" asks how long something took`,
      mend: 'give it so much to do that only what is right ends at all, count the work, or hand in a clock; speed is measured in bench/',
    }));
}

/** One idea per file. */
export function tooLong({ path, code }) {
  const count = code.split('\n').length - 1;
  if (count <= MAX_LINES) return [];
  return [
    {
      where: path,
      problem: `has ${count} lines, more than ${MAX_LINES}`,
      mend: 'split it by idea, each file named for the function it exports',
    },
  ];
}

/** index.ts is a table of contents. */
export function indexWithCode({ path, code }) {
  if (!/^packages\/[^/]+\/src\/index\.ts$/.test(path)) return [];
  const rest = withoutComments(code)
    .replace(
      /\bexport\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*['"][^'"]+['"];?/g,
      '',
    )
    .trim();
  if (rest === '') return [];
  return [
    {
      where: path,
      problem: `holds code: "${rest.split('\n')[0]}"`,
      mend: 'move it to a file of its own; index.ts is the header comment and exports',
    },
  ];
}

export const rules = [writesElsewhere, impure, ambient, testParts, tooLong, indexWithCode];

/** Those for the files of `test/`. */
export const testRules = [judgedByClock];

function lines(code) {
  return withoutComments(code)
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }));
}
