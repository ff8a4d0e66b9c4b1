/** The images of a request, and what the real endpoints refuse of them. */
import { list, record } from './json.ts';
import type { JsonRecord } from './json.ts';
import type { ReceivedImage, WireError } from './types.ts';

type Role = ReceivedImage['role'];

/** `image_url` parts with `data:` URLs; OpenAI takes them in messages of the user alone. */
export function openaiImages(body: JsonRecord): readonly ReceivedImage[] | WireError {
  const images: ReceivedImage[] = [];
  for (const message of list(body['messages']).map(record)) {
    for (const part of list(message['content']).map(record)) {
      if (part['type'] !== 'image_url') continue;
      if (message['role'] !== 'user') {
        return refuse(
          `Invalid 'messages'. Image URLs are only allowed for messages with role 'user', but this message with role '${String(message['role'])}' contains an image URL.`,
        );
      }
      const url = String(record(part['image_url'])['url']);
      const [, mediaType, data] = /^data:([\w/]+);base64,(.*)$/su.exec(url) ?? [];
      if (mediaType === undefined || data === undefined) return refuse('Invalid base64 image_url.');
      images.push(received('user', mediaType, data));
    }
  }
  return images;
}

const ANTHROPIC_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const ANTHROPIC_MOST_BASE64 = 5 * 1024 * 1024;

/** `image` blocks with a `base64` source, in messages and in results of tools. */
export function anthropicImages(body: JsonRecord): readonly ReceivedImage[] | WireError {
  const blocks = list(body['messages']).flatMap((message) => list(record(message)['content']));
  const found = blocks.map(record).flatMap((block): (readonly [Role, JsonRecord])[] => {
    if (block['type'] === 'image') return [['user', record(block['source'])]];
    if (block['type'] !== 'tool_result') return [];
    return list(block['content'])
      .map(record)
      .filter(({ type }) => type === 'image')
      .map((image) => ['tool', record(image['source'])]);
  });
  for (const [, source] of found) {
    if (source['type'] !== 'base64') return refuse('image.source.type: Input should be base64');
    if (!ANTHROPIC_TYPES.has(String(source['media_type'])))
      return refuse(
        `image.source.base64.media_type: Input should be ${[...ANTHROPIC_TYPES].join(', ')}`,
      );
    if (String(source['data']).length > ANTHROPIC_MOST_BASE64)
      return refuse('image.source.base64: image exceeds 5 MB maximum');
  }
  return found.map(([role, source]) =>
    received(role, String(source['media_type']), String(source['data'])),
  );
}

const GOOGLE_TYPES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif']);

/** `inlineData` parts, in contents and in function responses. */
export function googleImages(body: JsonRecord): readonly ReceivedImage[] | WireError {
  const parts = list(body['contents']).flatMap((content) => list(record(content)['parts']));
  const found = parts.map(record).flatMap((part): (readonly [Role, JsonRecord])[] => {
    if (part['inlineData'] !== undefined) return [['user', record(part['inlineData'])]];
    return list(record(part['functionResponse'])['parts'])
      .map(record)
      .map(({ inlineData }) => ['tool', record(inlineData)]);
  });
  const wrong = found.find(([, data]) => !GOOGLE_TYPES.has(String(data['mimeType'])));
  if (wrong) return refuse(`Unsupported MIME type: ${String(wrong[1]['mimeType'])}`);
  return found.map(([role, data]) =>
    received(role, String(data['mimeType']), String(data['data'])),
  );
}

function received(role: Role, mediaType: string, base64: string): ReceivedImage {
  return { role, mediaType, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
}

function refuse(message: string): WireError {
  return { status: 400, message };
}
