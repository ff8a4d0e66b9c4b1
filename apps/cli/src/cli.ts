#!/usr/bin/env node
import * as nodeModule from 'node:module';

import type { TypingOptions } from './chat/typing.ts';
import type { Io } from './command.ts';
import { guardStreams } from './guard-streams.ts';

// Node 22.1+ keeps V8's compiled code on disk; Node 20 has no such call
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const ending = guardStreams(process);

const interrupt = new AbortController();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    // the second one does not wait: the next command recovers
    if (interrupt.signal.aborted) process.exit(code);
    interrupt.abort(signal);
  });
}

const { stdout, stderr } = process;
const io: Io = {
  out: (line) => void stdout.write(`${line}\n`),
  err: (line) => void stderr.write(`${line}\n`),
  ...(stderr.isTTY
    ? {
        status: (line: string) =>
          void stderr.write(`\r\u001B[2K${line.slice(0, (stderr.columns || 80) - 1)}`),
      }
    : {}),
  ...(process.stdin.isTTY && stderr.isTTY
    ? {
        ask: async (question: string, signal: AbortSignal) =>
          (await import('./terminal-ask.ts')).terminalAsk(question, signal),
        typing: async (options: TypingOptions) =>
          (await import('./terminal-typing.ts')).terminalTyping(options),
      }
    : {}),
  get errColumns() {
    return stderr.columns;
  },
  ...(stdout.isTTY ? { columns: stdout.columns } : {}),
  outIsTerminal: stdout.isTTY,
  errIsTerminal: stderr.isTTY,
  get outIsGone() {
    return stdout.errored !== null && stdout.errored !== undefined;
  },
};

const { main } = await import('./main.ts');
process.exitCode = ending(await main(process.argv.slice(2), { io, signal: interrupt.signal }));
