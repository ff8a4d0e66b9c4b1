import type { Tool } from '@openkb/language-model';

import { quoted } from '../material.ts';
import type { WikiReader } from '../wiki-reader.ts';
import type { PictureFiles } from './picture-files.ts';
import { picturePlace } from './picture-place.ts';

export const LOOK_AT_PICTURE = 'look_at_picture';

export function lookAtPictureTool(reader: WikiReader, pictures: PictureFiles): Tool {
  return {
    name: LOOK_AT_PICTURE,
    description:
      'Shows a picture of a document (a figure, chart, diagram, photograph, scanned page) that a page shows as ![...](images/NAME/FILE). Use it where the question turns on what the picture shows.',
    parameters: {
      type: 'object',
      properties: {
        path: { type: 'string', description: 'As the page names it: images/paper/p3_img1.png' },
      },
      required: ['path'],
      additionalProperties: false,
    },
    async execute(input) {
      const { path: given } = input as { path: string };
      const path = pictures.resolve(given.slice(0, 1000));
      if (path === undefined) throw new Error(NONE);
      const { imageFacts, MOST_IMAGE_BYTES, withImages } = await import('@openkb/language-model');
      const size = pictures.size(path);
      if (size > MOST_IMAGE_BYTES)
        throw new Error(
          `The picture is too large to be shown: ${inMiB(size)} MiB of at most ${inMiB(MOST_IMAGE_BYTES)}.`,
        );
      const bytes = pictures.bytes(path);
      if (bytes === undefined) throw new Error(NONE);
      const facts = imageFacts(bytes);
      if (facts === undefined)
        throw new Error('The file cannot be shown: only PNG, JPEG, GIF and WebP can.');
      const { document, page, caption } = picturePlace(reader, path);
      const text = quoted(
        'picture',
        {
          path,
          ...(document !== undefined && { document }),
          ...(page !== undefined && { page_number: String(page) }),
          ...(facts.width !== undefined && { pixels: `${facts.width} x ${facts.height}` }),
          bytes: String(bytes.length),
        },
        caption,
      );
      // what the document says of it is quoted in the text, and nowhere else
      return withImages(text, [{ bytes }]);
    },
  };
}

const NONE =
  'There is no such picture in the wiki. Pages show theirs as ![...](images/NAME/FILE): give what stands in the brackets.';

const inMiB = (bytes: number) => (bytes / 1024 / 1024).toFixed(2);
