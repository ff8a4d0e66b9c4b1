/** Starts the programs of `test/children` and listens to them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface Child {
  readonly process: ChildProcess;
  /** What it has said so far. */
  readonly lines: string[];
  /** Resolves when it has said a line that begins so; rejects when it ends without. */
  said(beginning: string): Promise<string>;
  /** Resolves when it has ended and all it said has arrived. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly errors: string;
  }>;
}

export const programOf = (name: string) =>
  join(process.env['OPENKB_TEST_CHILDREN'] ?? '', `${name}.js`);

export function startChild(name: string, args: readonly string[]): Child {
  return listen(
    spawn(process.execPath, [programOf(name), ...args], { stdio: ['pipe', 'pipe', 'pipe'] }),
  );
}

/** @param child with pipes for its output and its errors */
export function listen(child: ChildProcess): Child {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  let errors = '';
  let isOver = false;
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const look of waiting) look();
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<Awaited<Child['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      isOver = true;
      for (const look of waiting) look();
      resolve({ code, signal, errors });
    });
  });
  return {
    process: child,
    lines,
    ended,
    said: (beginning) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find((one) => one.startsWith(beginning));
          if (line !== undefined) resolve(line);
          else if (isOver) reject(new Error(`it ended without "${beginning}": ${errors}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };
}
