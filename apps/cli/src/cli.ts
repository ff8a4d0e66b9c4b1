#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22.1+ keeps V8's compiled code on disk; Node 20 has no such call
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// `openkb … | head` closes the pipe early: that is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exitCode = 0;
});

const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
