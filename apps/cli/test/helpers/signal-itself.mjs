/**
 * Loaded before the program (`--import`): has it send itself signals at a point of its own work, which
 * no other process could hit for certain. `OPENKB_TEST_SIGNALS` is the JSON of `SelfSignals` in child.ts.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { after = '', calls = 0, signals } = JSON.parse(process.env.OPENKB_TEST_SIGNALS);
/** What changes the disk. */
const CHANGING =
  'openSync writeSync fsyncSync ftruncateSync fchmodSync linkSync renameSync unlinkSync mkdirSync rmdirSync'.split(
    ' ',
  );

let text = '';
let began = after === '';
let left = calls;

function send() {
  began = false;
  left = 0;
  for (const signal of signals) process.kill(process.pid, signal);
}

for (const name of CHANGING) {
  const call = fs[name];
  fs[name] = (...args) => {
    if (began && (left -= 1) < 0) send();
    return call(...args);
  };
}
syncBuiltinESMExports();

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (chunk, ...rest) => {
  const done = write(chunk, ...rest);
  text += chunk;
  if (after !== '' && !began && text.includes(after)) {
    text = '';
    began = true;
    if (calls === 0) send();
  }
  return done;
};

// who asks for more calls than there are is told how many there were
process.on('exit', () => fs.writeSync(2, `changing calls: ${calls - left}\n`));
