import type { Message } from '../model.ts';
import type { Exchange } from '../sdk/types.ts';
import type { Image } from './image.ts';

/** All images of a conversation, in order. */
export function imagesOf(
  messages: readonly Message[],
  history: readonly Exchange[] = [],
): readonly Image[] {
  return [
    ...messages.flatMap(({ images = [] }) => images),
    ...history.flatMap(({ results }) =>
      results.flatMap(({ output }) => (output.type === 'images' ? output.value.images : [])),
    ),
  ];
}
