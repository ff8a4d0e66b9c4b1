// A long history of change sets, each a function of its number, and the tree that it leads to.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGES = 12;
const page = (k) => `wiki/p${k}.md`;
const content = (n, k) => `page ${k} of state ${n}\n`.repeat(1 + ((n * 211 + k * 37) % 700));

/** The changes that lead from state `n - 1` to state `n`. */
export function changesOf(n) {
  const changes = [{ kind: 'write', path: 'state', bytes: Buffer.from(String(n)) }];
  for (let k = n % 2; k < PAGES; k += 2) {
    if ((n + k) % 5 === 0) changes.push({ kind: 'remove', path: page(k) });
    else changes.push({ kind: 'write', path: page(k), bytes: Buffer.from(content(n, k)) });
  }
  changes.push({ kind: 'append', path: 'wiki/log.md', bytes: Buffer.from(`state ${n}\n`) });
  const path = `wiki/made-${n % 17}/x.md`;
  changes.push(
    n % 3 === 0 ? { kind: 'remove', path } : { kind: 'write', path, bytes: Buffer.from(`${n}`) },
  );
  return changes;
}

/** Path → text of every file of state `n`. */
function filesOf(n) {
  const files = {};
  for (let step = 1; step <= n; step += 1) {
    for (const { kind, path, bytes } of changesOf(step)) {
      if (kind === 'remove') delete files[path];
      else files[path] = (kind === 'append' ? (files[path] ?? '') : '') + bytes;
    }
  }
  return files;
}

/** Path → text of every file below `root`, the journal's own leftovers included. */
export function treeOf(root) {
  const files = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = path.slice(root.length + 1);
    if (/^(?:lost\+found|\.openkb\/ingest\.lock)/.test(name) || !entry.isFile()) continue;
    files[name] = existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
  return files;
}

/** What differs from the tree of state `n`, a phrase a path. */
export function wrongWith(tree, n) {
  const wanted = filesOf(n);
  return [...new Set([...Object.keys(wanted), ...Object.keys(tree)])].flatMap((path) => {
    if (tree[path] === wanted[path]) return [];
    if (tree[path] === undefined) return [`"${path}" is missing`];
    if (wanted[path] === undefined) return [`"${path}" is too many`];
    return [`"${path}" has ${tree[path].length} bytes that are not its ${wanted[path].length}`];
  });
}

/** A number from 0 up to 1 that looks random and is the same in every run. */
export function chance(...seed) {
  return createHash('sha256').update(seed.join()).digest().readUInt32BE() / 2 ** 32;
}
