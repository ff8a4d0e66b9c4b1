/** Images in messages, what is read off their bytes, and replies to them that are kept. */
import { startModelServer } from '@openkb/test-kit/model-server';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  estimateImageTokens,
  imageFacts,
  MOST_IMAGE_BYTES,
  replyKey,
  withReplyCache,
} from '../src/index.ts';
import type { Message, ReplyStore } from '../src/index.ts';
import { modelAt, SCHEMA } from './helpers.ts';
import { GIF, JPEG, PNG, pngOf, WEBP } from './images.ts';

const question = (bytes: Uint8Array, caption?: string): readonly Message[] => [
  { role: 'system', content: 'You describe pictures.', cache: true },
  { role: 'user', content: 'What is it?', images: [{ bytes, caption }], cache: true },
];

/** A WebP by its head, with a chunk of this kind. */
const webp = (kind: string, chunk: readonly number[]): Uint8Array =>
  new Uint8Array([...Buffer.from(`RIFF\0\0\0\0WEBP${kind}\0\0\0\0`, 'latin1'), ...chunk]);

describe('imageFacts', () => {
  test.each([
    ['PNG', PNG, 'image/png', 1, 1],
    ['JPEG with fill bytes', JPEG, 'image/jpeg', 640, 480],
    ['GIF', GIF, 'image/gif', 1, 1],
    ['lossy WebP', WEBP, 'image/webp', 1, 1],
    [
      'extended WebP',
      webp('VP8X', [0, 0, 0, 0, 0x1f, 0x03, 0, 0x57, 0x02, 0]),
      'image/webp',
      800,
      600,
    ],
    ['lossless WebP', webp('VP8L', [0x2f, 0x1f, 0xc3, 0x95, 0]), 'image/webp', 800, 600],
  ])('%s: type and size are read off the bytes', (_name, bytes, mediaType, width, height) => {
    expect(imageFacts(bytes)).toEqual({ mediaType, width, height });
    // also where they lie within others
    const larger = new Uint8Array([1, 2, 3, ...bytes]);
    expect(imageFacts(larger.subarray(3))).toEqual({ mediaType, width, height });
  });

  test('what is cut off has its type, and the right size or none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(PNG, JPEG, GIF, WEBP),
        fc.integer({ min: 12, max: 60 }),
        (bytes, length) => {
          const whole = imageFacts(bytes);
          const cut = imageFacts(bytes.subarray(0, length));
          expect(cut?.mediaType).toBe(whole?.mediaType);
          expect([whole?.width, undefined]).toContain(cut?.width);
        },
      ),
    );
  });

  test('whatever follows the mark of a format, it has both sides or none', () => {
    const marks = [PNG, JPEG, GIF, WEBP].map((bytes) => Buffer.from(bytes.subarray(0, 12)));
    fc.assert(
      fc.property(fc.constantFrom(...marks), fc.uint8Array({ maxLength: 64 }), (mark, rest) => {
        const { width, height } = imageFacts(Buffer.concat([mark, rest])) ?? {};
        expect(typeof width).toBe(typeof height);
        expect([width, height]).not.toContain(0);
      }),
    );
  });

  test('text, SVG and nothing are no images', () => {
    for (const text of ['', 'Hello.', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'RIFF0000WAVE'])
      expect(imageFacts(new TextEncoder().encode(text))).toBeUndefined();
  });
});

test.each([
  [1, 1, 85],
  [750, 100, 100],
  [1000, 1000, 1334],
  [1568, 100, 210],
  [8000, 4000, 1600],
  [0, 0, 1600],
])('an image of %s x %s pixels is about %s tokens', (width, height, tokens) => {
  expect(estimateImageTokens({ bytes: pngOf(width, height) })).toBe(tokens);
});

const ENDPOINTS = [
  ['openai-compatible/some-model', 'openai'],
  ['openrouter/anthropic/claude-haiku-4.5', 'openai'],
  ['anthropic/claude-haiku-4-5', 'anthropic'],
  ['gemini/gemini-3.8-flash', 'google'],
] as const;

test.each(ENDPOINTS)('%s is shown images of the user, byte for byte', async (model, base) => {
  await using server = await startModelServer({ reply: () => 'A red dot.' });
  const asked = modelAt(server, { model, baseUrl: server[base] });
  const result = await asked.generate({ messages: question(PNG) });
  await asked.stream({ messages: question(JPEG) });
  expect(result).toMatchObject({ text: 'A red dot.', warnings: [] });
  expect(server.requests.map(({ images }) => images)).toEqual([
    [{ role: 'user', mediaType: 'image/png', bytes: PNG }],
    [{ role: 'user', mediaType: 'image/jpeg', bytes: JPEG }],
  ]);
  expect(server.requests[0]?.messages.at(-1)?.content).toBe('What is it?');
  const marks = /claude/u.test(model) ? 2 : 0;
  expect(server.requests.map(({ cacheMarks }) => cacheMarks)).toEqual([marks, marks]);
});

test('OpenRouter reads marks on texts: the one of a message with an image is on its text', async () => {
  await using server = await startModelServer();
  const model = modelAt(server, { model: 'openrouter/anthropic/claude-haiku-4.5' });
  await model.generate({ messages: question(PNG) });
  const messages = server.requests[0]?.body['messages'] as { content: object[] }[];
  expect(messages.at(-1)?.content).toEqual([
    { type: 'text', text: 'What is it?', cache_control: { type: 'ephemeral' } },
    { type: 'image_url', image_url: { url: expect.stringContaining('base64') } },
  ]);
});

test.each([
  ['a refusal that names it', ['json_schema'], undefined],
  ['a refusal that names nothing', [], 'Bad request.'],
])(
  'an image stays where the form of the object was refused: %s',
  async (_what, refuses, message) => {
    const object = { title: 'A lamp', pages: [] };
    await using server = await startModelServer({
      refuses,
      reply: ({ format }) =>
        format === 'json_schema' && message !== undefined
          ? { fault: 'status', status: 400, message }
          : { object },
    });
    const model = modelAt(server);
    const result = await model.generate({ messages: question(PNG), schema: SCHEMA });
    expect(result).toMatchObject({ object, warnings: [] });
    expect(server.requests.at(-1)).toMatchObject({
      format: 'json_object',
      images: [{ bytes: PNG }],
    });
    expect(server.requests).toHaveLength(message === undefined ? 2 : 3);
  },
);

test('the largest image that is sent is one that Anthropic takes', async () => {
  await using server = await startModelServer();
  const model = modelAt(server, {
    model: 'anthropic/claude-haiku-4-5',
    baseUrl: server.anthropic,
  });
  const bytes = pngOf(100, 100, MOST_IMAGE_BYTES);
  expect((await model.generate({ messages: question(bytes) })).warnings).toEqual([]);
  expect(server.requests[0]?.images[0]?.bytes.length).toBe(MOST_IMAGE_BYTES);
});

test('a model without eyes is told the caption, and the object that it makes of it is taken', async () => {
  const object = { title: 'A lamp', pages: [] };
  await using server = await startModelServer({
    reply: ({ images }) =>
      images.length > 0
        ? { fault: 'status', status: 400, message: 'Model does not support images.' }
        : { object },
  });
  const model = modelAt(server);
  const ask = { messages: question(PNG, 'A lamp.'), schema: SCHEMA };
  const result = await model.generate(ask);
  expect(result.object).toEqual(object);
  expect(result.warnings).toHaveLength(1);
  expect(server.requests.map(({ format }) => format)).toEqual(['json_schema', 'json_schema']);
  expect(server.requests[1]?.messages.at(-1)?.content).toBe(
    'What is it?\n[An image is not shown: this model takes no images. Its caption: A lamp.]',
  );
});

test('images of others than the user are a mistake of the programmer', async () => {
  await using server = await startModelServer();
  const messages = [{ role: 'assistant' as const, content: 'Look.', images: [{ bytes: PNG }] }];
  await expect(modelAt(server).generate({ messages })).rejects.toThrow(TypeError);
});

const ask = (images?: Message['images']): string =>
  replyKey('m', { messages: [{ role: 'user', content: 'What?', images }] });

/** A store in memory, as a `Map` is one. */
const memory = (): Map<string, string> & ReplyStore => new Map() as never;

describe('the reply cache', () => {
  test('an answer about an image is asked for once, and kept without the image', async () => {
    await using server = await startModelServer({ reply: () => 'A red dot.' });
    const store = memory();
    const model = withReplyCache(modelAt(server), store);
    await model.generate({ messages: question(PNG) });
    const again = await model.generate({ messages: question(new Uint8Array(PNG)) });
    expect(again.usage).toMatchObject({ replayed: 1, requests: 0 });
    expect(server.requests).toHaveLength(1);
    expect([...store.values()]).toEqual(['{"text":"A red dot."}']);
    await model.generate({ messages: question(GIF) });
    expect(server.requests).toHaveLength(2);
  });

  test('a key tells bytes, captions, number and place of images; without them it stays what it was', () => {
    const one = { bytes: PNG };
    const two = { bytes: GIF };
    const keys = [
      ask(),
      ask([one]),
      ask([two]),
      ask([one, two]),
      ask([two, one]),
      ask([one, one]),
      ask([{ ...one, caption: 'A dot' }]),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(ask([])).toBe(ask());
    expect(ask()).toBe('57728e9ca3c6ffde30638b910dd461ba31cb013170897ac9310130b9ce12bd24');
  });
});
