import type { TextWithImages } from '@openkb/language-model';

import type { Allowance } from './allowance.ts';

/** What a tool found, as far as there is room for it. */
export async function handOver(found: unknown, room: Allowance): Promise<string | TextWithImages> {
  if (!hasImages(found)) return room.take(String(found));
  const { estimateImageTokens, withImages } = await import('@openkb/language-model');
  const text = room.take(found.text);
  const images = found.images.filter((image) =>
    room.takePicture(image, estimateImageTokens(image)),
  );
  if (images.length === found.images.length) return withImages(text, images);
  const full =
    '[not shown: there is no room for more pictures in this conversation; answer from what you have]';
  return withImages(`${text}\n${full}`, images);
}

const hasImages = (found: unknown): found is TextWithImages =>
  typeof found === 'object' && found !== null && 'images' in found;
