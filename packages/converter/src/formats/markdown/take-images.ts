import type { Source } from '../../document.ts';
import type { ImageStore } from '../../images/image-store.ts';
import { takeImage } from '../../images/local-images.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { findImages } from '../../markdown/find-images.ts';

/** Takes the pictures beside the source into the store and names them in the text; every other byte stays. */
export function takeImages(markdown: string, source: Source, store: ImageStore): string {
  let result = '';
  let done = 0;
  for (const { start, end, address, embed } of findImages(markdown)) {
    const name = takeImage(address, { source, store, keepTiny: true });
    if (name === null || name === undefined) continue;
    const link = `${IMAGE_SCHEME}${name}`;
    result += markdown.slice(done, start) + (embed ? `![${embed.alt}](${link})` : link);
    done = end;
  }
  return result + markdown.slice(done);
}
