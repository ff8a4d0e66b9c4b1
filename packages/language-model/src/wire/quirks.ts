/**
 * What an endpoint does not take, learned from its refusals and remembered for the life of the model:
 * `max_tokens` under another name, marks of a cache, parameters that a request can do without, images.
 */
import { LanguageModelError } from '../error.ts';
import { passing } from '../images/image-gate.ts';
import type { ImageQuirks } from '../images/image-gate.ts';
import type { Image } from '../images/image.ts';
import { learnOfImages } from '../images/learn-of-images.ts';
import type { Lesson, SentImages } from '../images/learn-of-images.ts';
import { DROPPABLE } from '../sdk/types.ts';
import type { Droppable, Quirks } from '../sdk/types.ts';
import type { Session } from '../session.ts';

/** What a request was sent with, to tell what its refusal may be about. */
export interface Sent extends SentImages {
  readonly cacheMarks: boolean;
  readonly maxTokensName: Quirks['maxTokensName'];
  readonly parameters: readonly Droppable[];
}

const REFUSES_MAX_TOKENS = /max_completion_tokens|unsupported parameter:? '?max_tokens/iu;

const LEARNED: Lesson = {};

/** The ladder of structured output deals with these. */
const ABOUT_FORMAT = /response_?format|json_schema|json_object|response_?schema|output_config/iu;

export function newQuirks(cacheMarks: boolean, images: ImageQuirks): Quirks {
  return { cacheMarks, maxTokensName: 'max_tokens', dropped: new Set(), images };
}

/**
 * Notes what the endpoint refuses. `undefined` where it is nothing that can be left out, or was left out
 * already: what counts is what this request sent, as others may have learned it meanwhile.
 */
export function learn(
  { quirks, options }: Session,
  sent: Sent,
  error: unknown,
): Lesson | undefined {
  if (!(error instanceof LanguageModelError)) return undefined;
  const { code, message } = error;
  if (code === 'context-too-long') return learnOfImages(quirks.images, sent, error);
  if (code !== 'request-refused') return undefined;
  if (sent.cacheMarks && message.includes('cache_control')) {
    quirks.cacheMarks = false;
    return LEARNED;
  }
  const hasLimit = sent.parameters.includes('max_tokens');
  if (hasLimit && sent.maxTokensName === 'max_tokens' && REFUSES_MAX_TOKENS.test(message)) {
    quirks.maxTokensName = 'max_completion_tokens';
    return LEARNED;
  }
  const named = sent.parameters.filter((name) => names(name).test(message));
  const other = named.length > 0 || ABOUT_FORMAT.test(message);
  const ofImages = other ? undefined : learnOfImages(quirks.images, sent, error);
  if (ofImages) return ofImages;
  // told to, all that is not needed goes, whatever the endpoint complains of
  const spared = named.length > 0 ? named : options.dropParameters ? sent.parameters : [];
  for (const parameter of spared) quirks.dropped.add(parameter);
  return spared.length > 0 ? LEARNED : undefined;
}

/** What a request with these settings and images is sent with. */
export function sentWith(
  { quirks, images }: Pick<Session, 'quirks' | 'images'>,
  request: Readonly<Record<Droppable, boolean>>,
  all: readonly Image[],
): Sent {
  return {
    images: passing(all, images),
    bridged: quirks.images.bridged,
    cacheMarks: quirks.cacheMarks,
    maxTokensName: quirks.maxTokensName,
    parameters: DROPPABLE.filter((name) => request[name] && !quirks.dropped.has(name)),
  };
}

function names(parameter: Droppable): RegExp {
  return parameter === 'max_tokens'
    ? /max_tokens|max_completion_tokens|maxOutputTokens/u
    : new RegExp(`\\b${parameter}\\b`, 'u');
}
