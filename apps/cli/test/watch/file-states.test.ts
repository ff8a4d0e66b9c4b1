/** Which files are added when, on a clock of our own. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fileStates } from '../../src/watch/file-states.ts';
import type { RawFile } from '../../src/watch/raw-files.ts';

const DEBOUNCE = 400;

function file(stamp: string, { name = 'a.md', size = 1 } = {}): RawFile {
  return { path: `/raw/${name}`, shown: `raw/${name}`, name, stamp, size, supported: true };
}

describe('a file', () => {
  test('that is still being written is added once, when it has stayed as it is for the debounce time', () => {
    const states = fileStates(DEBOUNCE);
    for (const [now, stamp] of [
      [0, 'a'],
      [399, 'b'],
      [700, 'c'],
    ] as const) {
      states.see([file(stamp)], now);
      expect(states.settled(now)).toEqual([]);
    }
    states.see([file('c')], 1099);
    expect([states.settled(1099), states.dueIn(1099)]).toEqual([[], 1]);
    expect(states.settled(1100)).toEqual([file('c')]);
    states.done(file('c'));
    expect([states.settled(9000), states.dueIn(9000), states.waiting()]).toEqual([
      [],
      undefined,
      [],
    ]);
  });

  test('that changes while it is added is added again', () => {
    const states = fileStates(DEBOUNCE);
    states.see([file('a')], 0);
    states.see([file('b')], 500);
    states.done(file('a'));
    expect(states.settled(500)).toEqual([]);
    expect(states.settled(900)).toEqual([file('b')]);
  });

  test('without content is waited for, and one that is gone is forgotten', () => {
    const states = fileStates(DEBOUNCE);
    states.see([file('a', { size: 0 }), file('b', { name: 'b.md' })], 0);
    expect(states.settled(400)).toEqual([file('b', { name: 'b.md' })]);
    states.see([file('a', { size: 0 })], 400);
    expect([states.settled(9000), states.dueIn(9000)]).toEqual([[], undefined]);
  });
});

test('however files come, change and go, one is handed out only after it stayed as it is, and none is lost', () => {
  const look = fc.record({
    after: fc.nat(600),
    stamps: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '3')),
  });
  fc.assert(
    fc.property(fc.array(look, { maxLength: 30 }), (looks) => {
      const states = fileStates(DEBOUNCE);
      const since = new Map<string, readonly [stamp: string, time: number]>();
      let now = 0;
      for (const { after, stamps } of looks) {
        now += after;
        for (const name of since.keys()) if (!(name in stamps)) since.delete(name);
        for (const [name, stamp] of Object.entries(stamps))
          if (since.get(name)?.[0] !== stamp) since.set(name, [stamp, now]);
        states.see(
          Object.entries(stamps).map(([name, stamp]) => file(stamp, { name })),
          now,
        );
        const settled = [...since].filter(([, [, time]]) => now - time >= DEBOUNCE);
        expect(states.settled(now).map(({ name }) => name)).toEqual(
          settled.map(([name]) => name).toSorted(),
        );
        expect(states.waiting()).toHaveLength(since.size);
      }
    }),
  );
});
