#!/usr/bin/env node
/** `openkb-fake-pageindex`, a program of its own: see `--help`. */
import { fakePageIndexCommand } from '@openkb/test-kit/pageindex-server';

const end = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => end.abort(signal));

process.exitCode = await fakePageIndexCommand(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  signal: end.signal,
});
