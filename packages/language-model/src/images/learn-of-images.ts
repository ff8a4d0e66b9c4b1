/** What a refusal of a request with images says of them. */
import type { LanguageModelError } from '../error.ts';
import { TAKES_NONE } from './image-gate.ts';
import type { ImageQuirks } from './image-gate.ts';
import type { Image } from './image.ts';

/** Images of a request, and how they were sent. */
export interface SentImages {
  readonly images: readonly Image[];
  readonly bridged: boolean;
}

/** What is to be thought of a refusal once it is known what came of leaving things out. */
export interface Lesson {
  /** The request was answered. */
  readonly proved?: () => void;
  /** It was refused all the same. */
  readonly disproved?: () => void;
}

/** Mistral, and endpoints that run its models. */
const BRIDGE_NEEDED = /role \W?user\W? after role \W?tool/iu;

/** The image is at fault (its format, its size, its number), and others may be taken. */
const ABOUT_THIS_IMAGE =
  /(?:could not|unable to|cannot) (?:process|read|identify)|\bdecod|corrupt|truncated|malformed|(?:image|file|media|mime)[\s_-]?(?:format|type)|unsupported image(?! input)|too (?:large|small|big|many)|exceed|at most [1-9]|dimension|resolution|pixels|invalid (?:image|base64)/iu;

/**
 * Images that no answer has followed yet are held responsible for any refusal, and are left out. Where that
 * helps they stay out, and unless the words are about these images, the model is taken for one that takes
 * none; where it does not help, it was not their fault. `undefined`: the request had no such images.
 */
export function learnOfImages(
  quirks: ImageQuirks,
  { images, bridged }: SentImages,
  { code, message }: LanguageModelError,
): Lesson | undefined {
  if (images.length > 0 && !bridged && BRIDGE_NEEDED.test(message)) {
    quirks.bridged = true;
    return {};
  }
  const fresh = images.filter((image) => !quirks.taken.has(image));
  if (fresh.length === 0) return undefined;
  const aboutAny =
    code === 'request-refused' && !quirks.anyTaken && !ABOUT_THIS_IMAGE.test(message);
  const reason = aboutAny ? TAKES_NONE : 'the service of this model did not accept it';
  for (const image of fresh) quirks.refused.set(image, reason);
  return {
    proved: () => {
      if (aboutAny && !quirks.anyTaken) quirks.none = true;
    },
    disproved: () => {
      for (const image of fresh) quirks.refused.delete(image);
    },
  };
}

/** Notes that a request with these images was answered. */
export function noteTaken(quirks: ImageQuirks, images: readonly Image[]): void {
  if (images.length > 0) quirks.anyTaken = true;
  for (const image of images) quirks.taken.add(image);
}
