/**
 * A long history of change sets, each a function of its number, and the tree after each: a process
 * commits them one after the other and is killed; whoever comes next finds the tree of one number.
 */
import type { Change } from '../../src/index.ts';

const PAGES = 7;
/** The log is begun anew after so many lines. */
const LOG = 40;

const bytes = (text: string) => Buffer.from(text);
const page = (k: number) => `wiki/p${k}.md`;
const sentence = (n: number, k: number) =>
  `page ${k} of state ${n}\n`.repeat(1 + ((n * 37 + k) % 90));

/** The changes that lead from state `n - 1` to state `n`; every third page is touched each time. */
export function changesOf(n: number): Change[] {
  const changes: Change[] = [{ kind: 'write', path: 'state', bytes: bytes(String(n)) }];
  for (let k = n % 3; k < PAGES; k += 3) {
    if ((n + k) % 4 === 0) changes.push({ kind: 'remove', path: page(k) });
    else if (k === 3)
      changes.push({ kind: 'write', path: page(k), bytes: bytes(sentence(n, k)), mode: 0o600 });
    else changes.push({ kind: 'write', path: page(k), bytes: bytes(sentence(n, k)) });
  }
  changes.push(
    n % LOG === 0
      ? { kind: 'write', path: 'wiki/log.md', bytes: bytes(`state ${n}\n`) }
      : { kind: 'append', path: 'wiki/log.md', bytes: bytes(`state ${n}\n`) },
  );
  const made = `wiki/d${n % 11}/below`;
  changes.push(
    n % 2 === 0
      ? { kind: 'directory', path: made }
      : { kind: 'write', path: `${made}/x.md`, bytes: bytes('x') },
  );
  return changes;
}

/** Path → permission bits and text, as `tree` of ./real.ts shows them. */
export type Files = Readonly<Record<string, string>>;

/** The tree after `changes`, computed and not carried out. */
export function applied(before: Files, changes: readonly Change[]): Files {
  const after: Record<string, string> = { ...before };
  const makeAbove = (path: string) => {
    const parts = path.split('/');
    for (let n = 1; n < parts.length; n += 1) after[`${parts.slice(0, n).join('/')}/`] = '';
  };
  for (const change of changes) {
    if (change.kind === 'remove') delete after[change.path];
    else if (change.kind === 'directory') makeAbove(`${change.path}/`);
    else if (change.kind === 'publish' || change.kind === 'remove-directory')
      throw new Error(`no history has a ${change.kind}`);
    else {
      makeAbove(change.path);
      const text = Buffer.from(change.bytes).toString();
      const old = after[change.path] ?? '';
      const isPrivate = old.startsWith('600 ') || ('mode' in change && change.mode === 0o600);
      after[change.path] = (change.kind === 'append' ? old : isPrivate ? '600 ' : '') + text;
    }
  }
  return after;
}

/** The trees of a history, computed once each. */
export class History {
  readonly #states: Files[] = [{}];

  at(n: number): Files {
    for (let next = this.#states.length; next <= n; next += 1) {
      this.#states.push(applied(this.#states[next - 1] ?? {}, changesOf(next)));
    }
    return this.#states[n] ?? {};
  }
}
