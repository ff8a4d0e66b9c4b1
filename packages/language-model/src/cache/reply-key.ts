import { createHash } from 'node:crypto';

import type { Image } from '../images/image.ts';
import type { GenerateRequest } from '../model.ts';

/** Counts up when a stored reply would mean something else. */
const FORMAT = 1;

/**
 * SHA-256, in hexadecimal, of the model's name and all that the answer depends on: roles and texts of the
 * messages, bytes and captions of their images, and the schema. Marks, limits and signals do not count. It is fit for a file's name.
 */
export function replyKey(
  model: string,
  request: Pick<GenerateRequest, 'messages' | 'schema'>,
): string {
  const messages = request.messages.map(({ role, content, images = [] }) =>
    images.length === 0 ? [role, content] : [role, content, images.map(imageKey)],
  );
  const identity = JSON.stringify([FORMAT, model, messages, request.schema ?? null]);
  return createHash('sha256').update(identity).digest('hex');
}

function imageKey({ bytes, caption }: Image): readonly [string, string] {
  return [createHash('sha256').update(bytes).digest('hex'), caption ?? ''];
}
