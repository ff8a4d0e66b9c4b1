/** Images that tools give, as each protocol takes them, and what becomes of them where none are taken. */
import { startModelServer } from '@openkb/test-kit/model-server';
import type { ModelReply, ModelRequest, ModelServer } from '@openkb/test-kit/model-server';
import { describe, expect, test } from 'vitest';

import { withImages } from '../src/index.ts';
import type { ConversationRequest, Image, LanguageModel, Tool } from '../src/index.ts';
import { errorOf, KEY, modelAt, QUESTION, redirected } from './helpers.ts';
import { GIF, JPEG, PNG, pngOf, TOO_LARGE, WEBP } from './images.ts';

/** A tool with these images by name. */
const look = (images: Readonly<Record<string, readonly Image[]>>): Tool => ({
  name: 'look',
  description: 'Shows a picture.',
  parameters: { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] },
  execute: (input) => {
    const { at } = input as { at: string };
    return withImages(`This is ${at}.`, images[at] ?? []);
  },
});

const lookAt = (...names: readonly string[]): ModelReply => ({
  toolCalls: names.map((at) => ({ name: 'look', input: { at } })),
});

const asking = (images: Readonly<Record<string, readonly Image[]>>): ConversationRequest => ({
  messages: QUESTION,
  tools: [look(images)],
});

const toolTexts = (request: ModelRequest | undefined): readonly string[] =>
  (request?.messages ?? []).filter(({ role }) => role === 'tool').map(({ content }) => content);

const anthropic = (server: ModelServer): LanguageModel =>
  modelAt(server, { model: 'anthropic/claude-haiku-4-5', baseUrl: server.anthropic });

const gemini = (server: ModelServer, model: string): LanguageModel =>
  modelAt(server, { model: `gemini/${model}`, baseUrl: server.google });

const openai = (server: ModelServer): LanguageModel =>
  modelAt(server, {
    model: 'openai/gpt-5.4-mini',
    baseUrl: undefined,
    fetch: redirected('https://api.openai.com/v1', server.openai),
  });

const FIGURES = {
  'a.png': [{ bytes: PNG }],
  'b.jpg': [{ bytes: JPEG }, { bytes: WEBP }],
};

describe('within the result', () => {
  test('Anthropic gets text and images as blocks of the tool_result, and no message of the user', async () => {
    await using server = await startModelServer({ replies: [lookAt('a.png', 'b.jpg'), 'Red.'] });
    const result = await anthropic(server).stream(asking(FIGURES));
    expect(result).toMatchObject({ text: 'Red.', warnings: [] });
    const { images, body } = server.requests[1] ?? {};
    expect(images).toEqual([
      { role: 'tool', mediaType: 'image/png', bytes: PNG },
      { role: 'tool', mediaType: 'image/jpeg', bytes: JPEG },
      { role: 'tool', mediaType: 'image/webp', bytes: WEBP },
    ]);
    const messages = body?.['messages'] as { role: string; content: unknown[] }[];
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    const data = Buffer.from(PNG).toString('base64');
    expect(messages.at(-1)?.content[0]).toEqual({
      type: 'tool_result',
      tool_use_id: expect.any(String),
      content: [
        { type: 'text', text: 'This is a.png.' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data } },
      ],
    });
  });

  test('Gemini 3 gets them as parts of the function response, older ones beside it', async () => {
    await using server = await startModelServer({
      replies: [lookAt('b.jpg'), 'A lamp.', lookAt('a.png'), 'Red.'],
    });
    await gemini(server, 'gemini-3.8-flash').stream(asking(FIGURES));
    await gemini(server, 'gemini-2.5-flash').stream(asking(FIGURES));
    expect(server.requests[1]?.images).toEqual([
      { role: 'tool', mediaType: 'image/jpeg', bytes: JPEG },
      { role: 'tool', mediaType: 'image/webp', bytes: WEBP },
    ]);
    expect(server.requests[3]?.images).toEqual([
      { role: 'user', mediaType: 'image/png', bytes: PNG },
    ]);
    expect(toolTexts(server.requests[3])).toEqual(['This is a.png.']);
  });

  test('Gemini takes no GIF: it is told so without asking', async () => {
    await using server = await startModelServer({ replies: [lookAt('c.gif'), 'A lamp.'] });
    const images = { 'c.gif': [{ bytes: GIF, caption: 'A lamp that blinks' }] };
    const result = await gemini(server, 'gemini-2.5-flash').stream(asking(images));
    expect(toolTexts(server.requests[1])).toEqual([
      'This is c.gif.\n[An image is not shown: this model takes no GIF. Its caption: A lamp that blinks]',
    ]);
    expect(result.warnings).toEqual([expect.stringContaining('takes no GIF')]);
  });
});

describe.each([
  ['openai', openai],
  ['openai-compatible', (server: ModelServer): LanguageModel => modelAt(server)],
])('chat completions of %s', (_name, open) => {
  test('the images follow all results of the step, in one message of the user', async () => {
    await using server = await startModelServer({
      replies: [lookAt('a.png', 'b.jpg'), lookAt('c.gif'), 'Red.'],
    });
    const images = { ...FIGURES, 'c.gif': [{ bytes: GIF }] };
    await open(server).stream(asking(images));
    const { messages = [], body, images: received } = server.requests[2] ?? {};
    const roles = ['system', 'user', 'assistant', 'tool', 'tool', 'user', 'assistant', 'tool'];
    expect(messages.map(({ role }) => role)).toEqual([...roles, 'user']);
    expect(toolTexts(server.requests[2])).toEqual([
      'This is a.png.\n[In the next message: image 1]',
      'This is b.jpg.\n[In the next message: image 2, 3]',
      'This is c.gif.\n[In the next message: image 1]',
    ]);
    expect(received).toEqual([
      { role: 'user', mediaType: 'image/png', bytes: PNG },
      { role: 'user', mediaType: 'image/jpeg', bytes: JPEG },
      { role: 'user', mediaType: 'image/webp', bytes: WEBP },
      { role: 'user', mediaType: 'image/gif', bytes: GIF },
    ]);
    const sent = body?.['messages'] as { content: unknown }[];
    const url = `data:image/gif;base64,${Buffer.from(GIF).toString('base64')}`;
    expect(sent.at(-1)?.content).toEqual([
      { type: 'text', text: expect.stringContaining('not') },
      { type: 'text', text: 'Image 1:' },
      { type: 'image_url', image_url: { url } },
    ]);
  });

  test('no byte of an image is in a text', async () => {
    await using server = await startModelServer({ replies: [lookAt('a.png'), 'Red.'] });
    await open(server).stream(asking(FIGURES));
    const texts = server.requests[1]?.messages.map(({ content }) => content).join('\n') ?? '';
    expect(texts).toContain('This is a.png.');
    expect(texts).not.toContain(Buffer.from(PNG).toString('base64').slice(0, 12));
    expect(texts).not.toMatch(/"?(?:bytes|data)"?:/u);
  });
});

const tellingNo = (status: number, message: string) => (request: ModelRequest, index: number) => {
  if (request.images.length > 0) return { fault: 'status', status, message } as const;
  return index === 0 || request.messages.at(-1)?.role === 'user' ? lookAt('a.png') : 'It is told.';
};

const CAPTIONED = { 'a.png': [{ bytes: PNG, caption: 'A lamp with a round wick' }] };

describe('a model that takes no images', () => {
  test.each([
    [400, 'Invalid content type. image_url is only supported by certain models.'],
    [400, 'messages[3]: unknown variant `image_url`, expected `text` at line 1 column 2295'],
    [400, 'messages[3].content must be a string'],
    [400, 'this model does not support image input (ref: b8bd630e)'],
    [422, 'Extra inputs are not permitted.'],
    [404, 'No endpoints found that support image input'],
    [500, 'image input is not supported - hint: if this is unexpected, provide the mmproj'],
    [500, 'Failed to parse messages: Unsupported content part type: "image_url"; messages = ['],
  ])('is asked once more without, and never again with (%s, %s)', async (status, message) => {
    await using server = await startModelServer({ reply: tellingNo(status, message) });
    const model = modelAt(server);
    const result = await model.stream(asking(CAPTIONED));
    expect(result.text).toBe('It is told.');
    expect(result.warnings).toEqual([
      'An image was not shown to "openai-compatible/some-model": this model takes no images.',
    ]);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[2]?.images).toEqual([]);
    expect(toolTexts(server.requests[2])).toEqual([
      'This is a.png.\n[An image is not shown: this model takes no images. Its caption: A lamp with a round wick]',
    ]);
    // another picture, another question
    await model.stream(asking({ 'a.png': [{ bytes: WEBP }] }));
    expect(server.requests).toHaveLength(5);
    expect(toolTexts(server.requests[4])[0]).toMatch(/takes no images\.\]$/u);
    expect(model.waits).toEqual([]);
  });

  test('is known of DeepSeek, whose API has no images: it is not asked with one', async () => {
    await using server = await startModelServer({ replies: [lookAt('a.png'), 'It is told.'] });
    const model = modelAt(server, { model: 'deepseek/deepseek-flash', baseUrl: server.openai });
    await model.stream(asking(CAPTIONED));
    expect(server.requests).toHaveLength(2);
    expect(toolTexts(server.requests[1])[0]).toContain('takes no images. Its caption: A lamp');
  });

  test('is not supposed where the refusal stays without them: its error comes through', async () => {
    let refusing = true;
    const down = { fault: 'status', status: 400, message: 'The account is under review.' } as const;
    await using server = await startModelServer({
      reply: (_request, index) => (index === 0 ? lookAt('a.png') : refusing ? down : 'Red.'),
    });
    const model = modelAt(server);
    const error = await errorOf(model.stream(asking(FIGURES)));
    expect(error).toMatchObject({ code: 'request-refused' });
    expect(error.message).toContain('under review');
    refusing = false;
    const shown = await model.generate({
      messages: [{ role: 'user', content: 'What is it?', images: [{ bytes: WEBP }] }],
    });
    expect(shown.warnings).toEqual([]);
    expect(server.requests.at(-1)?.images).toHaveLength(1);
  });
});

describe('an image that is refused for itself', () => {
  test.each([
    'messages.2.content.0.image.source.base64.data: Could not process image',
    'messages.2.content.0.image.source.base64: image exceeds 5 MB maximum: 5355555 bytes > 5242880 bytes',
    'You uploaded an unsupported image. Please make sure your image is valid.',
    'At most 1 image(s) may be provided in one request.',
    'Unable to process input image. Please retry or report in the documentation.',
  ])('is left out, and the next is shown: %s', async (message) => {
    await using server = await startModelServer({
      reply({ images, messages }, index) {
        if (images.some(({ mediaType }) => mediaType === 'image/gif'))
          return { fault: 'status', status: 400, message };
        if (index === 0) return lookAt('bad.gif');
        return toolTexts({ messages } as ModelRequest).length === 1 ? lookAt('a.png') : 'Red.';
      },
    });
    const images = { 'bad.gif': [{ bytes: GIF, caption: 'A curve' }], ...FIGURES };
    const result = await modelAt(server).stream(asking(images));
    expect(result.text).toBe('Red.');
    expect(result.warnings).toEqual([expect.stringContaining('did not accept it')]);
    expect(toolTexts(server.requests.at(-1))[0]).toContain(
      '[An image is not shown: the service of this model did not accept it. Its caption: A curve]',
    );
    expect(server.requests.at(-1)?.images).toEqual([
      { role: 'user', mediaType: 'image/png', bytes: PNG },
    ]);
    expect(server.requests).toHaveLength(4);
  });

  test('that was too much for the context is left out, and the answer comes', async () => {
    await using server = await startModelServer({
      reply({ images }, index) {
        if (images.length > 1) return { fault: 'status', status: 413, message: 'Too large.' };
        return ([lookAt('a.png'), lookAt('c.gif')] as const)[index] ?? 'Red.';
      },
    });
    const result = await modelAt(server).stream(asking({ ...FIGURES, 'c.gif': [{ bytes: GIF }] }));
    expect(result.text).toBe('Red.');
    expect(server.requests.map(({ images }) => images.length)).toEqual([0, 1, 2, 1]);
  });

  test.each([
    ['bytes that are no image', new TextEncoder().encode('<svg/>'), 'it is no PNG, JPEG, GIF'],
    ['more bytes than providers take', TOO_LARGE, 'it is larger than 3.75 MiB'],
    ['more pixels than providers take', pngOf(8001, 10), 'wider or higher than 8000 pixels'],
  ])('%s are not sent', async (_what, bytes, reason) => {
    await using server = await startModelServer({ replies: [lookAt('x'), 'I cannot see it.'] });
    await modelAt(server).stream(asking({ x: [{ bytes }] }));
    expect(server.requests[1]?.images).toEqual([]);
    expect(toolTexts(server.requests[1])[0]).toContain(reason);
  });
});

test('Mistral gets a turn between the results and the images once it asks for it', async () => {
  const message = "Unexpected role 'user' after role 'tool'";
  await using server = await startModelServer({
    reply({ messages }, index) {
      const roles = messages.map(({ role }) => role).join(' ');
      if (roles.includes('tool user')) return { fault: 'status', status: 400, message };
      return index % 2 === 0 && index < 4 && !roles.includes('tool') ? lookAt('a.png') : 'Red.';
    },
  });
  const model = modelAt(server, { model: 'mistral/mistral-medium-latest' });
  const result = await model.stream(asking(FIGURES));
  expect(result).toMatchObject({ text: 'Red.', warnings: [] });
  expect(server.requests).toHaveLength(3);
  expect(server.requests[2]?.messages.map(({ role }) => role).slice(-3)).toEqual([
    'tool',
    'assistant',
    'user',
  ]);
  expect(server.requests[2]?.images).toHaveLength(1);
});

test('a refusal that names a parameter takes the parameter out, and leaves the images in', async () => {
  await using server = await startModelServer({
    reply({ body, images }, index) {
      if (index === 0) return lookAt('a.png');
      if (images.length === 0) return 'I see nothing.';
      const message = "Unsupported parameter: 'temperature' is not supported with this model.";
      return 'temperature' in body ? { fault: 'status', status: 400, message } : 'Red.';
    },
  });
  const model = modelAt(server, { temperature: 0 });
  expect((await model.stream(asking(FIGURES))).text).toBe('Red.');
});

test('images survive a retry, the last step without tools, and a tool with nothing to say', async () => {
  await using server = await startModelServer({
    replies: [lookAt('a.png'), { fault: 'status', status: 529 }, lookAt('b.jpg'), 'Red.'],
  });
  const tools = [{ ...look(FIGURES), execute: () => withImages('', [{ bytes: PNG }]) }];
  const result = await anthropic(server).stream({ messages: QUESTION, tools, maxSteps: 3 });
  expect(result).toMatchObject({ text: 'Red.', steps: 3 });
  expect(server.requests.map(({ images }) => images.length)).toEqual([0, 1, 1, 2]);
});

test('no key is in what a refused image leaves behind', async () => {
  const message = `image_url is not supported for ${KEY}`;
  await using server = await startModelServer({
    reply: (_request, index) =>
      index === 0 ? lookAt('a.png') : { fault: 'status', status: 400, message },
  });
  const error = await errorOf(modelAt(server).stream(asking(FIGURES)));
  const chain = [error.message, String(error.cause), (error.cause as Error).stack].join('\n');
  expect(chain).not.toContain(KEY);
  expect(chain).not.toContain(Buffer.from(PNG).toString('base64').slice(0, 12));
});
