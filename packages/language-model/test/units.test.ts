/** Invariants of the parts that are pure. */
import { once } from 'node:events';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createLadder } from '../src/answers/ladder.ts';
import { parseObject, withoutThinking } from '../src/answers/parse-object.ts';
import { LanguageModelError } from '../src/error.ts';
import { createLimiter } from '../src/limiter.ts';
import type { Rung } from '../src/providers.ts';
import { redactor } from '../src/redact.ts';
import { withRetries } from '../src/retry.ts';
import { isStrict, schemaCheck } from '../src/schema.ts';
import { thinkingFilter } from '../src/stream/thinking-filter.ts';
import { errorOf, SCHEMA } from './helpers.ts';

describe('parseObject', () => {
  const objects = fc.record({
    title: fc.string(),
    pages: fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }),
  });

  test('any object is found again inside prose and fences, also with brackets in its strings', async () => {
    const check = await schemaCheck(SCHEMA);
    const prose = fc.string().map((text) => text.replace(/[{}[\]]/gu, ''));
    fc.assert(
      fc.property(objects, prose, prose, fc.boolean(), (object, before, after, fenced) => {
        const json = JSON.stringify(object, undefined, fenced ? 2 : 0);
        const text = fenced
          ? `${before}\n\`\`\`json\n${json}\n\`\`\`\n${after}`
          : before + json + after;
        expect(parseObject(text, check)).toEqual({ object });
      }),
    );
  });

  test('no proper beginning of an object is ever accepted', async () => {
    const check = await schemaCheck(SCHEMA);
    fc.assert(
      fc.property(objects, fc.double({ min: 0, max: 0.999, noNaN: true }), (object, share) => {
        const json = JSON.stringify(object);
        const cut = json.slice(0, Math.floor(json.length * share));
        expect(parseObject(cut, check)).toHaveProperty('fault');
      }),
    );
  });

  test('the fault names the first field that is wrong', async () => {
    const check = await schemaCheck(SCHEMA);
    expect(parseObject('{"title": 3, "pages": []}', check)).toEqual({
      fault: expect.stringContaining('title'),
    });
  });

  test('a text of two million open brackets is refused after one pass', async () => {
    const check = await schemaCheck(SCHEMA);
    // looking from each for the one that closes it would take many minutes
    expect(parseObject('['.repeat(2_000_000), check)).toHaveProperty('fault');
    expect(parseObject('{'.repeat(2_000_000), check)).toHaveProperty('fault');
  });

  test('a <think> tag inside the answer is part of it', () => {
    expect(withoutThinking('The tag <think> opens.')).toBe('The tag <think> opens.');
  });
});

test('a schema is strict only where each object is closed and requires all of its properties', () => {
  expect(isStrict(SCHEMA)).toBe(true);
  expect(isStrict({ ...SCHEMA, additionalProperties: true })).toBe(false);
  expect(isStrict({ type: 'array', items: { ...SCHEMA, required: [] } })).toBe(false);
  expect(isStrict({ anyOf: [SCHEMA, { type: 'object' }] })).toBe(false);
  expect(isStrict({ $ref: '#/$defs/a', $defs: { a: { ...SCHEMA, required: ['title'] } } })).toBe(
    false,
  );
});

describe('redactor', () => {
  test('no secret of eight characters or more is left, wherever it stands', () => {
    const secret = fc.string({ minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.string(),
        (secrets, noise) => {
          const text = redactor(secrets)(`${noise}${secrets.join(noise)}`);
          // "[secret]" itself may contain a part of a secret, never a whole one of another text
          for (const one of secrets.filter((value) => !'[secret]'.includes(value))) {
            expect(text.replaceAll('[secret]', '\u0000')).not.toContain(one);
          }
        },
      ),
    );
  });

  test('placeholders and ordinary words stay', () => {
    const redact = redactor(['ollama', '', undefined]);
    const text = 'ollama at http://127.0.0.1:11434 knows no task-oriented-dialogue-model';
    expect(redact(text)).toBe(text);
  });

  test('a masked key and a bearer token are taken out by their looks', () => {
    expect(redactor([])('key sk-proj-********wxyz, Authorization: Bearer abc.def')).toBe(
      'key [secret], Authorization: [secret]',
    );
  });
});

const passing = new LanguageModelError('unreachable', 'It failed.', { retryable: true });
const failing = (): Promise<never> => Promise.reject(passing);

describe('withRetries', () => {
  test('waits double up to half a minute and are never under half of that', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (random) => {
        const waits: number[] = [];
        const sleep = async (ms: number): Promise<void> => void waits.push(ms);
        const error = await errorOf(
          withRetries(failing, { retries: 9, sleep, random: () => random }),
        );
        expect(error.message).toBe('It failed (after 10 tries).');
        expect(waits).toHaveLength(9);
        waits.forEach((wait, index) => {
          const full = Math.min(500 * 2 ** index, 30_000);
          expect(wait).toBeGreaterThanOrEqual(full / 2);
          expect(wait).toBeLessThanOrEqual(full);
        });
      }),
      { numRuns: 20 },
    );
  });

  test('an error of the programmer is thrown as it is, at once', async () => {
    const mistake = new TypeError('undefined is not a function');
    const options = { retries: 5, sleep: async () => {}, random: () => 0 };
    expect(await errorOf(withRetries(() => Promise.reject(mistake), options))).toBe(mistake);
  });
});

describe('createLadder', () => {
  const RUNGS: readonly Rung[] = ['json_schema', 'json_object', 'plain'];
  const refusal = new LanguageModelError('request-refused', 'No.');
  const unfit = { kind: 'unfit', error: new LanguageModelError('bad-answer', 'No.') } as const;
  const fits = { kind: 'fits', value: true } as const;

  test('a rung that is refused later is left for good, a rung once left is not taken again', async () => {
    const ladder = createLadder(RUNGS);
    await ladder.climb(async () => fits);
    expect(ladder.rung).toBe('json_schema');
    await ladder.climb(async (rung) => {
      if (rung === 'json_schema') throw refusal;
      return fits;
    });
    expect(ladder.rung).toBe('json_object');
  });

  test('of requests that climb at once, a slow one on a lower rung does not pull the others down', async () => {
    const ladder = createLadder(RUNGS);
    const gate = new EventTarget();
    const opened = once(gate, 'open');
    const slow = ladder.climb(async (rung) => {
      if (rung === 'json_schema') return unfit;
      await opened;
      return fits;
    });
    await ladder.climb(async () => fits);
    gate.dispatchEvent(new Event('open'));
    await slow;
    expect(ladder.rung).toBe('json_schema');
  });

  test('any other error ends the climb', async () => {
    const quota = new LanguageModelError('quota', 'Empty.');
    const asked: Rung[] = [];
    const climb = createLadder(RUNGS).climb(async (rung) => {
      asked.push(rung);
      throw quota;
    });
    expect(await errorOf(climb)).toBe(quota);
    expect(asked).toEqual(['json_schema']);
  });
});

/** Settles after so many turns of the microtask queue. */
const ticksLater = (ticks: number): Promise<void> =>
  ticks === 0 ? Promise.resolve() : Promise.resolve().then(() => ticksLater(ticks - 1));

test('a limiter never runs more than its places, in order of arrival, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.record({ ticks: fc.integer({ min: 1, max: 4 }), fails: fc.boolean() }), {
        maxLength: 20,
      }),
      fc.nat(12),
      async (places, tasks, late) => {
        const limit = createLimiter(places);
        const started: number[] = [];
        let running = 0;
        let peak = 0;
        const run = ({ ticks, fails }: (typeof tasks)[number], index: number): Promise<void> =>
          limit(async () => {
            started.push(index);
            running += 1;
            peak = Math.max(peak, running);
            await ticksLater(ticks);
            running -= 1;
            if (fails) throw new Error('it failed');
          });
        // some come while others run
        const early = tasks.slice(0, places + 2).map(run);
        await ticksLater(late);
        const runs = [
          ...early,
          ...tasks.slice(places + 2).map((task, n) => run(task, n + places + 2)),
        ];
        const outcomes = await Promise.allSettled(runs);
        expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(
          tasks.map(({ fails }) => fails),
        );
        expect(started).toEqual(tasks.map((_task, index) => index));
        expect(peak).toBe(Math.min(places, tasks.length));
      },
    ),
  );
});

test('a task whose signal fires while it waits for a place starts at once, and takes no place', async () => {
  const limit = createLimiter(1);
  let free: (() => void) | undefined;
  const first = limit(() => new Promise<void>((resolve) => (free = resolve)));
  const controller = new AbortController();
  const given: string[] = [];
  const second = limit(async () => void given.push('given up'), controller.signal);
  const third = limit(async () => void given.push('in turn'));
  controller.abort();
  await second;
  expect(given).toEqual(['given up']);
  free?.();
  await Promise.all([first, third]);
  expect(given).toEqual(['given up', 'in turn']);
  await limit(async () => void given.push('late'), controller.signal);
  await limit(async () => void given.push('last'));
  expect(given).toHaveLength(4);
});

describe('thinkingFilter', () => {
  const piece = fc.constantFrom('<think>', '</think>', '<thi', 'nk>', ' ', '\n', 'a', '<', '</');
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

  test('shows, in whatever pieces the text comes, what the whole text has without its reasoning', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(5), { minLength: 1 }), (whole, sizes) => {
        const filter = thinkingFilter();
        let shown = '';
        let at = 0;
        for (let n = 0; at < whole.length; n += 1) {
          const size = 1 + (sizes[n % sizes.length] ?? 0);
          shown += filter.push(whole.slice(at, at + size));
          at += size;
        }
        shown += filter.end();
        expect(shown.trim()).toBe(withoutThinking(whole));
      }),
    );
  });

  test('holds nothing back of a text that cannot begin with the tag', () => {
    const filter = thinkingFilter();
    expect(['A', ' <think>', ' b'].map((each) => filter.push(each)).join('|')).toBe(
      'A| <think>| b',
    );
  });
});
