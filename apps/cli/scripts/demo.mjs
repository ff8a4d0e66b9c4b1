#!/usr/bin/env node
// What `npm run demo [-- DIR]` runs once the program is built: makes a knowledge base as a user
// would, command by command, adds the sample documents, and shows the wiki that came of them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const program = join(root, 'apps/cli/dist/cli.js');
const samples = 'examples/lighthouses';
const question = 'What is a Fresnel lens?';

// the demo uses neither the keys nor the settings of whoever runs it
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^OPENKB_|_API_KEY$/.test(name)),
);

/** Lines of the page that are shown. */
const SHOWN = 40;

class DemoError extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Prints a command as one types it, runs it, and stops the demo when it fails. */
function openkb(...args) {
  const typed = ['openkb', ...args.map(quoted)].join(' ');
  console.log(`\n$ ${typed}`);
  const { status, signal, error } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) throw new DemoError(`cannot start the program: ${error.message}`, 1);
  if (status !== 0) {
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${status}`;
    throw new DemoError(`"${typed}" ${how}`, status || 1);
  }
}

const quoted = (arg) =>
  /^[\w./:=@+-]+$/.test(arg) ? arg : `"${arg.replace(/(["$`\\])/g, '\\$1')}"`;

/** The directory that was named, which must be absent or empty, or a new one below the system's. */
function directory(named) {
  if (named === undefined) return mkdtempSync(join(tmpdir(), 'openkb-demo-'));
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), named);
  if (existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0)) {
    throw new DemoError(
      `"${path}" is not an empty directory.\nName one that is empty or does not exist yet, or none at all.`,
      2,
    );
  }
  return path;
}

/** Every page below a directory of the wiki, relative to the wiki. */
function pages(wiki, below = '.') {
  return readdirSync(join(wiki, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return pages(wiki, path);
      return entry.name.endsWith('.md') ? [path] : [];
    })
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function showTree(wiki) {
  const all = pages(wiki);
  const named = (folder) => all.filter((page) => page.startsWith(join(folder, '/')));
  console.log(`\nThe wiki has ${all.length} pages:\n`);
  for (const page of all.filter((path) => !/[\\/]/.test(path))) console.log(`wiki/${page}`);
  for (const folder of ['summaries', 'concepts', 'entities', 'sources']) {
    const names = named(folder).map((page) => relative(folder, page).replace(/\.md$/, ''));
    console.log(`wiki/${folder}/ (${names.length})`);
    for (const line of wrapped(names, 92)) console.log(`    ${line}`);
  }
}

/** Joins names with commas into lines of at most so many characters. */
function wrapped(names, width) {
  const lines = [];
  for (const name of names) {
    const longer = `${lines.at(-1)}, ${name}`;
    if (lines.length > 0 && longer.length < width) lines[lines.length - 1] = longer;
    else lines.push(name);
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line));
}

/**
 * Shows the concept page that draws on the most documents: that is what a wiki adds to a folder of
 * files. Among equals, and before pages of one word, it prefers a name of several words.
 */
function showConcept(wiki) {
  const [best] = pages(wiki, 'concepts')
    .map((page) => {
      const text = readFileSync(join(wiki, page), 'utf8');
      const sources = new Set(text.match(/summaries\/[\w-]+/g)).size;
      return { page, text, rank: page.includes('-') ? sources * 2 : sources };
    })
    .toSorted((a, b) => b.rank - a.rank);
  if (!best) throw new DemoError('the wiki has no concept page', 1);
  const lines = best.text.trimEnd().split('\n');
  console.log(`\n$ head -n ${SHOWN} wiki/${best.page}\n${lines.slice(0, SHOWN).join('\n')}`);
}

function demo([named, ...more]) {
  if (more.length > 0 || named?.startsWith('-')) {
    throw new DemoError('usage: npm run demo [-- DIR]', 2);
  }
  if (!existsSync(program)) {
    throw new DemoError(`"${program}" is not built yet; "npm run demo" builds it`, 1);
  }
  const started = performance.now();
  const kb = directory(named);
  const wiki = join(kb, 'wiki');
  openkb('init', kb, '--model', 'extractive');
  openkb('--kb', kb, 'add', samples);
  showTree(wiki);
  showConcept(wiki);
  openkb('--kb', kb, 'query', question);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`
Done in ${seconds} s. The knowledge base is in

    ${kb}

Open ${wiki} as a vault in Obsidian, or in any editor. What to try next, from ${root}:

    node apps/cli/dist/cli.js --kb ${quoted(kb)} list
    node apps/cli/dist/cli.js --kb ${quoted(kb)} status
    node apps/cli/dist/cli.js --kb ${quoted(kb)} search mercury bath
    node apps/cli/dist/cli.js --kb ${quoted(kb)} add PATH-OF-A-DOCUMENT-OF-YOURS`);
}

try {
  demo(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof DemoError)) throw error;
  console.error(`demo: ${error.message}`);
  process.exitCode = error.exitCode;
}
