/** An interruption comes between two documents, however short the work on each is. */
import { expect, onTestFinished, test } from 'vitest';

import { main } from '../src/main.ts';
import { write } from './helpers/knowledge-base.ts';
import { run, servicesIn, temporaryDirectory } from './helpers/run.ts';

const NAMES = ['a', 'b', 'c', 'd'];

test.each([
  ['remove', /^removed {2}"/],
  ['recompile', /^(?:unchanged|recompiled) {2}"/],
])('%s of several documents stops at the signal', async (command, told) => {
  const dir = temporaryDirectory(onTestFinished);
  write(dir, Object.fromEntries(NAMES.map((name) => [`${name}.md`, `# ${name}\n\nText of it.\n`])));
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', ...NAMES.map((name) => `${name}.md`)]);
  const stop = new AbortController();
  const out: string[] = [];
  const code = await main([command, '--yes', '--kb', 'kb', ...NAMES], {
    io: {
      out: (line) => {
        out.push(line);
        // as a signal of the system does: when the event loop comes round
        setImmediate(() => stop.abort('SIGINT'));
      },
      err: () => {},
    },
    services: servicesIn(dir),
    signal: stop.signal,
  });
  expect(code).toBe(130);
  expect(out.filter((line) => told.test(line)).length).toBeLessThan(NAMES.length);
});
