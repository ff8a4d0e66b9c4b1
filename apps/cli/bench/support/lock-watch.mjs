// Loaded before the program (`--import`): writes down for how long `ingest.lock` was open, which is how
// long its lock was held, to the file that OPENKB_BENCH_LOCK names.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { openSync, closeSync, writeFileSync } = fs;
const opened = new Map();
const times = [];

fs.openSync = (path, ...rest) => {
  const start = performance.now();
  const descriptor = openSync(path, ...rest);
  if (String(path).endsWith('ingest.lock')) opened.set(descriptor, start);
  return descriptor;
};
fs.closeSync = (descriptor) => {
  closeSync(descriptor);
  const start = opened.get(descriptor);
  if (start === undefined) return;
  opened.delete(descriptor);
  times.push(performance.now() - start);
};
syncBuiltinESMExports();

process.on('exit', () => writeFileSync(process.env.OPENKB_BENCH_LOCK, JSON.stringify(times)));
