import { imageFacts } from './image-facts.ts';
import type { Image } from './image.ts';

/** Providers make a longer side so long. */
const LONGEST_SIDE = 1568;
const PIXELS_PER_TOKEN = 750;
const LEAST = 85;
const MOST = 1600;

/**
 * About how many tokens an image is: a pixel is 1/750 of a token once the longer side is at most 1568
 * pixels, 85 at least and 1600 at most; 1600 also where the size is not known. That is what Anthropic
 * counts; OpenAI's large models (85, and 170 for each tile of 512 pixels) and Gemini (258 to 1120) count
 * the same or less, while OpenAI's small models bill several times as many.
 */
export function estimateImageTokens({ bytes }: Pick<Image, 'bytes'>): number {
  const { width, height } = imageFacts(bytes) ?? {};
  if (width === undefined || height === undefined) return MOST;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const tokens = Math.ceil((width * scale * height * scale) / PIXELS_PER_TOKEN);
  return Math.min(MOST, Math.max(LEAST, tokens));
}
