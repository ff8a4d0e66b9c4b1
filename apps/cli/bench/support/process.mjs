// Whole processes: how long one takes, and how much memory.
import { spawnSync } from 'node:child_process';

/** Loaded before the program: tells the peak of its memory, and its processor time, at the end. */
const TELL =
  "data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nused '+u.maxRSS+' '+(u.userCPUTime+u.systemCPUTime))})";

/**
 * @param args of `node`
 * @param tell costs a few milliseconds: not where the time counts by them
 * @returns `time` in ms; `peak` in MiB and `processor` in ms where `tell` is asked for
 */
export function run(args, { tell = false } = {}) {
  const all = tell ? ['--import', TELL, ...args] : args;
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  const time = performance.now() - start;
  if (status !== 0) throw new Error(`"${args.join(' ')}" ended with ${status}: ${stderr}`);
  const [, peak, processor] = /used (\d+) (\d+)$/.exec(stderr)?.map(Number) ?? [];
  return { time, peak: peak / 1024, processor: processor / 1000, stdout };
}
