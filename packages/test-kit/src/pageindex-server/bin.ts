#!/usr/bin/env node
/** `openkb-fake-pageindex`, which the package `openkb` brings along: see `--help`. */
import { fakePageIndexCommand } from './command.ts';

const end = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => end.abort(signal));

process.exitCode = await fakePageIndexCommand(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  signal: end.signal,
});
