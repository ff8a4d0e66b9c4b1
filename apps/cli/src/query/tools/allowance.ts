/** How much tools may hand to the model in one conversation, so that its context and the bill stay bounded. */
import type { Image } from '@openkb/language-model';

export interface Allowance {
  /** The text, or as much of it as there is room for, which it then says. */
  take(text: string): string;
  /** Whether there is room for the picture; its place is taken then. */
  takePicture(picture: Image, tokens: number): boolean;
}

/** Least that is worth handing over, in characters. */
const LEAST = 200;
/** Each is sent again with every request that follows. */
const MOST_PICTURES = 5;
/** In base64 they are 16 MiB; Gemini takes 20 MB a request. */
const MOST_PICTURE_BYTES = 12 * 1024 * 1024;

/** @param tokens of all answers of tools together; `count` estimates those of a text */
export function allowance(tokens: number, count: (text: string) => number): Allowance {
  let left = tokens;
  let pictures = 0;
  let bytes = 0;
  return {
    take(text) {
      const needed = count(text);
      if (needed <= left) {
        left -= needed;
        return text;
      }
      const share = Math.floor((text.length * left) / needed);
      left = 0;
      if (share < LEAST)
        return 'There is no room for more text in this conversation: answer from what you have.';
      return `${text.slice(0, share)}\n[cut off here: there is no room for more text in this conversation; answer from what you have]`;
    },
    takePicture({ bytes: { length } }, needed) {
      const fits =
        needed <= left && pictures < MOST_PICTURES && bytes + length <= MOST_PICTURE_BYTES;
      if (!fits) return false;
      left -= needed;
      pictures += 1;
      bytes += length;
      return true;
    },
  };
}
