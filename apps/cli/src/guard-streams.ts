import { exitCodes } from './exit-codes.ts';

/** Standard output and standard error, as far as they are needed here. */
type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr'>;

/**
 * Keeps the work going whatever becomes of the streams. A reader that has gone, as in `openkb … |
 * head`, is no failure. Output that cannot be written is one: it is told once, and the process ends
 * with 1 unless something worse has happened.
 *
 * @returns the exit code of the process, from that of the command; also set on it when a stream
 *   fails later
 */
export function guardStreams({ stdout, stderr }: Streams): (code: number) => number {
  let lost = false;
  const lose = () => {
    lost = true;
    process.exitCode ||= exitCodes.failed;
  };
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (!lost) void tell(stderr, error);
    lose();
  });
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lose();
  });
  return (code) => (code === exitCodes.done && lost ? exitCodes.failed : code);
}

async function tell(stderr: NodeJS.Process['stderr'], error: Error): Promise<void> {
  const { explain } = await import('./explain.ts');
  stderr.write(`openkb: cannot write the output: ${explain(error).message}\n`);
}
