/** Images as each endpoint takes and refuses them. */
import { expect, test } from 'vitest';

import { startModelServer } from '../src/model-server/index.ts';

const data = Buffer.from('bytes').toString('base64');
const bytes = new Uint8Array(Buffer.from('bytes'));

const post = async (url: string, body: unknown): Promise<{ status: number; text: string }> => {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
};

test('OpenAI: images of the user are logged, in other messages they are refused', async () => {
  await using server = await startModelServer();
  const url = `data:image/png;base64,${data}`;
  const ask = (role: string, address = url) =>
    post(`${server.openai}/chat/completions`, {
      model: 'm',
      messages: [{ role, content: [{ type: 'image_url', image_url: { url: address } }] }],
    });
  expect((await ask('user')).status).toBe(200);
  expect(server.requests[0]?.images).toEqual([{ role: 'user', mediaType: 'image/png', bytes }]);
  expect(await ask('tool')).toMatchObject({ status: 400, text: expect.stringContaining('role') });
  expect((await ask('user', 'https://example.com/a.png')).status).toBe(400);
});

test('Anthropic: images of the user and of tools are logged, other types and sizes are refused', async () => {
  await using server = await startModelServer();
  const ask = (source: object) => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/webp', data } };
    const result = { type: 'tool_result', tool_use_id: 'a', content: [{ ...image, source }] };
    return post(`${server.anthropic}/messages`, {
      model: 'm',
      max_tokens: 9,
      messages: [{ role: 'user', content: [image, result] }],
    });
  };
  expect((await ask({ type: 'base64', media_type: 'image/png', data })).status).toBe(200);
  expect(server.requests[0]?.images).toEqual([
    { role: 'user', mediaType: 'image/webp', bytes },
    { role: 'tool', mediaType: 'image/png', bytes },
  ]);
  expect((await ask({ type: 'base64', media_type: 'image/tiff', data })).status).toBe(400);
  expect((await ask({ type: 'url', url: 'https://example.com' })).status).toBe(400);
  const large = { type: 'base64', media_type: 'image/png', data: 'A'.repeat(5 * 1024 * 1024 + 4) };
  expect((await ask(large)).text).toContain('exceeds 5 MB');
});

test('Google: images of contents and of function responses are logged, GIF is refused', async () => {
  await using server = await startModelServer();
  const ask = (mimeType: string) => {
    const parts = [{ inlineData: { mimeType, data } }];
    const functionResponse = { name: 'f', response: { content: 'A lamp.' }, parts };
    return post(`${server.google}/models/m:generateContent`, {
      contents: [
        { role: 'user', parts: [{ inlineData: { mimeType: 'image/jpeg', data } }] },
        { role: 'user', parts: [{ functionResponse }] },
      ],
    });
  };
  expect((await ask('image/png')).status).toBe(200);
  expect(server.requests[0]?.images).toEqual([
    { role: 'user', mediaType: 'image/jpeg', bytes },
    { role: 'tool', mediaType: 'image/png', bytes },
  ]);
  expect((await ask('image/gif')).text).toContain('Unsupported MIME type: image/gif');
});
