/** The parts of a conversation that need no disk and no terminal. */
import { ReadableStream } from 'node:stream/web';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { completer } from '../../src/chat/complete.ts';
import { earlierMessages } from '../../src/chat/earlier.ts';
import { pipedLines } from '../../src/chat/lines.ts';
import { pastes } from '../../src/chat/paste.ts';
import { parseTyped, unquoted, wordsIn } from '../../src/chat/slash.ts';
import type { Services } from '../../src/services.ts';

const model = (contextTokens?: number) => ({
  contextTokens: () => contextTokens,
  estimateTokens: (text: string) => text.length,
});

const turn = (name: string, length: number) => ({ question: name, answer: name.repeat(length) });

test('the last turns that fit into a quarter of the context are sent, oldest first, and what is left out is said', () => {
  const turns = [turn('a', 99), turn('b', 99), turn('c', 99)];
  const texts = (context?: number) => earlierMessages(turns, model(context)).map((m) => m.content);
  expect(texts(1200)).toEqual(['a', 'a'.repeat(99), 'b', 'b'.repeat(99), 'c', 'c'.repeat(99)]);
  const [first, ...rest] = texts(1199);
  expect(first).toBe('[Earlier turns of this conversation are left out here.]\n\nb');
  expect(rest).toEqual(['b'.repeat(99), 'c', 'c'.repeat(99)]);
  expect(texts()).toHaveLength(6);
  expect(earlierMessages([], model(1000))).toEqual([]);
});

test('of a turn that is too long alone the beginning is sent', () => {
  const [question, answer] = earlierMessages([turn('q', 1), turn('long', 1000)], model(1000));
  expect(question?.content).toBe('[Earlier turns of this conversation are left out here.]\n\nlong');
  expect(answer?.content).toMatch(/^(?:long)+l?o?n?\n\[cut off here: the rest was long\]$/);
  expect(answer?.content.length).toBeLessThan(250 + 40);
});

test('whatever the turns, roles alternate, the newest is there, and the context is kept to', () => {
  const lengths = fc.array(
    fc.tuple(fc.integer({ max: 300, min: 0 }), fc.integer({ max: 900, min: 0 })),
  );
  fc.assert(
    fc.property(lengths, fc.integer({ min: 400, max: 8000 }), (sizes, context) => {
      const turns = sizes.map(([q, a], i) => ({
        question: `${i}${'q'.repeat(q)}`,
        answer: 'a'.repeat(a),
      }));
      const messages = earlierMessages(turns, model(context));
      expect(messages.map(({ role }) => role)).toEqual(
        messages.map((_, i) => (i % 2 === 0 ? 'user' : 'assistant')),
      );
      for (const { content } of messages) expect(content.trim()).not.toBe('');
      const size = messages.reduce((sum, { content }) => sum + content.length, 0);
      expect(size).toBeLessThanOrEqual(context / 4 + 150);
      const said = turns.filter(({ answer }) => answer !== '');
      expect(messages.length > 0).toBe(said.length > 0);
      expect(messages.filter(({ cache }) => cache === true)).toHaveLength(said.length > 0 ? 1 : 0);
    }),
  );
});

test.each([
  ['a b', ['a', 'b']],
  ['  a   b  ', ['a', 'b']],
  ['"a b" c', ['a b', 'c']],
  [`'a "b' c`, ['a "b', 'c']],
  [String.raw`a\ b C:\x`, ['a b', String.raw`C:\x`]],
  [`"a b"c what's`, ['a bc', "what's"]],
  ['""', ['']],
  ['"open end', ['open end']],
  ['', []],
])('%j are the words %j', (text, words) => {
  expect(wordsIn(text)).toEqual(words);
});

test.each([
  [' a b ', 'a b'],
  ['"a b"', 'a b'],
  ["Bob's lamp", "Bob's lamp"],
  [`"a'`, `"a'`],
  ['""', ''],
  ['', ''],
])('%j without its quotes is %j', (text, name) => {
  expect(unquoted(text)).toBe(name);
});

test.each([
  ['', undefined],
  [' \n ', undefined],
  ['what?', { kind: 'question', text: 'what?' }],
  [' /QUIT ', { kind: 'command', command: { name: '/exit' }, rest: '' }],
  ['/add  a b.md', { kind: 'command', command: { name: '/add', runs: 'add' }, rest: 'a b.md' }],
  ['/nonsense x', { kind: 'unknown', name: '/nonsense' }],
  ['/etc/passwd', { kind: 'unknown', name: '/etc/passwd' }],
])('%j is heard as %j', (line, heard) => {
  expect([parseTyped(line)]).toMatchObject([heard]);
});

const BEGIN = '\u001B[200~';
const END = '\u001B[201~';

test('a paste is one line however it comes in pieces, and presses no key', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'é', '\r', '\n', '\t', '\u0003', '\u001B', '[', '2', '0', '~', ' '),
  });
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 0, max: 60 })), (pasted, cuts) => {
      const whole = `x${BEGIN}${pasted.replaceAll(END, '')}${END}y\r`;
      const places = [...new Set([0, ...cuts, whole.length])]
        .filter((place) => place <= whole.length && (place === 0 || place > 3))
        // Ctrl-C in a piece of its own is no part of a paste
        .filter((place) => whole[place] !== '\u0003')
        .toSorted((a, b) => a - b);
      const filter = pastes();
      const seen = places
        .map((place, i) => filter.keys(whole.slice(places[i - 1] ?? 0, place)))
        .join('');
      const expected = pasted
        .replaceAll(END, '')
        .replace(/\r\n?|\n/g, '\n')
        .replaceAll('\t', '  ')
        .replaceAll('\u0003', '')
        .replaceAll('\u001B', '');
      expect(filter.whole(seen)).toBe(`x${expected}y\r`);
    }),
  );
});

test('of a long paste stands how long it is, and the line has all of it', () => {
  const filter = pastes();
  const text = 'word\r\n'.repeat(5000);
  const seen = filter.keys(`Say: ${BEGIN}${text}${END} and ${BEGIN}${text}${END}$&`);
  expect(seen).toBe('Say: [pasted 1: 25000 characters] and [pasted 2: 25000 characters]$&');
  const lines = 'word\n'.repeat(5000);
  expect(filter.whole(seen)).toBe(`Say: ${lines} and ${lines}$&`);
  // as the arrow keys bring it back
  expect(filter.whole('[pasted 1: 25000 characters]')).toBe(lines);
});

test('Ctrl-C alone ends a paste whose end does not come', () => {
  const filter = pastes();
  expect(filter.keys(`${BEGIN}lost`)).toBe('');
  expect(filter.keys('\u0003')).toBe('\u0003');
  expect(filter.keys('typed\r')).toBe('typed\r');
});

test('keys outside of a paste are passed on as they are, the Escape key at once', () => {
  const filter = pastes();
  for (const key of ['\u001B', '\u001B[A', '\r', '\u0003', 'ü', '\u001B['])
    expect(filter.keys(key)).toBe(key);
});

test('lines come whole from any pieces, the last one without its end too', async () => {
  const text = 'eins\r\nzwei ü\n\ndrei';
  const bytes = new TextEncoder().encode(text);
  for (let size = 1; size <= bytes.length; size += 1) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const lines = pipedLines(ReadableStream.from(chunks), new AbortController().signal);
    const heard: string[] = [];
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one line after the other
      const line = await lines.next();
      if (line === undefined) break;
      heard.push(line);
    }
    expect(heard).toEqual(['eins', 'zwei ü', '', 'drei']);
  }
});

test('Tab completes no name that would act on the terminal, nor one that is hidden', () => {
  const names = ['a.md', 'a\u001B[2J.md', '.a', 'b'];
  const services = {
    sources: { list: () => names, stat: () => ({ kind: 'file' as const, size: 1 }) },
    environment: {},
    workingDirectory: '/w',
  } as unknown as Services;
  const complete = completer(services);
  expect(complete('/add a')).toEqual([['a.md'], 'a']);
  expect(complete('/add ')).toEqual([['a.md', 'b'], '']);
  expect(complete('/add .')).toEqual([['.a'], '.']);
  expect(complete('/s')).toEqual([['/status', '/search', '/save'], '/s']);
  expect(complete('what /s')).toEqual([[], 'what /s']);
});
