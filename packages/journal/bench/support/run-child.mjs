import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

/** @returns what the step printed, and `wall`, the milliseconds of the whole process */
export function runStep(step, root, round = 0) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, step, root, `${round}`], {
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(`the step "${step}" failed: ${stderr}`);
  return { ...JSON.parse(stdout), wall };
}

/** Commits in a process that is killed at the commit point. */
export function crash(root, round) {
  const { signal, stderr } = spawnSync(process.execPath, [CHILD, 'crash', root, `${round}`], {
    encoding: 'utf8',
  });
  if (signal !== 'SIGKILL') throw new Error(`the process was not killed: ${stderr}`);
}

/**
 * System calls of one commit that change or force something below the root, by strace. An open
 * counts when it creates: the lock file is there already.
 * @returns `undefined` where there is no strace or it may not trace
 */
export function tracedCalls(root, round) {
  const calls = 'openat,write,pwrite64,fsync,fdatasync,ftruncate,fchmod,rename,link,unlink,mkdir';
  const others = 'access,renameat2,linkat,unlinkat,mkdirat,rmdir,symlink';
  const { status, stderr } = spawnSync(
    'strace',
    ['-f', '-y', '-e', `trace=${calls},${others}`, process.execPath, CHILD, 'traced', root, round],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0) return undefined;
  const lines = stderr.split('\n').filter((line) => line.includes(root));
  const at = (name) => lines.findIndex((line) => line.includes(`/${name}"`));
  return lines
    .slice(at('bench-begin') + 1, at('bench-end'))
    .filter((line) => !/openat\(/.test(line) || line.includes('O_EXCL')).length;
}
