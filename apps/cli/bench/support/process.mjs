// Whole processes: how long one takes, and how much memory.
import { spawnSync } from 'node:child_process';

/** Loaded before the program: tells the peak of its memory at the end. */
const TELL =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))";

/**
 * @param args of `node`
 * @param memory costs a few milliseconds: not where the time counts by them
 * @returns `time` in ms, `peak` in MiB where `memory` is asked for
 */
export function run(args, { memory = false } = {}) {
  const all = memory ? ['--import', TELL, ...args] : args;
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  const time = performance.now() - start;
  if (status !== 0) throw new Error(`"${args.join(' ')}" ended with ${status}: ${stderr}`);
  const peak = Number(/peak (\d+)$/.exec(stderr)?.[1]) / 1024;
  return { time, peak, stdout };
}
