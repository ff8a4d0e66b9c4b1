import type { CloudImage } from '@openkb/pageindex-cloud';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { placeImages } from '../../src/cloud/place-images.ts';

const image = (name?: string): CloudImage => ({
  bytes: new Uint8Array([0x89]),
  mediaType: 'image/png',
  ...(name !== undefined && { name }),
});

const place = (markdown: string, ...images: CloudImage[]) =>
  placeImages({ page: 3, markdown, images }, 'img');

test.each([
  ['![a](img-0.png)', '![a](openkb-image:p3_img1.png)'],
  ['![a](<img-0.png>)', '![a](openkb-image:p3_img1.png)'],
  ['![a](./files/img-0.png "A title")', '![a](openkb-image:p3_img1.png)'],
  ['![a](img%2D0.png)', '![a](openkb-image:p3_img1.png)'],
  ['![a](img-0.jpeg)', '![a](openkb-image:p3_img1.png)'],
  ['<img alt="x" src="img-0.png" width=9>', '![](openkb-image:p3_img1.png)'],
  ['Text.', 'Text.\n\n![](openkb-image:p3_img1.png)'],
])('%s shows the picture of that name', (markdown, expected) => {
  expect(place(markdown, image('img-0.png'))).toMatchObject({ markdown: expected, missing: [] });
});

test('a name may have spaces and parentheses', () => {
  expect(place('![a](<my map.png>)', image('my map.png')).missing).toEqual([]);
  expect(place('![a](map(1).png) b', image('map(1).png')).markdown).toBe(
    '![a](openkb-image:p3_img1.png) b',
  );
});

test('pictures without names are shown in the order of the links, each link of one target by one', () => {
  const { markdown, missing } = place('![](b.png) ![](a.png) ![](b.png)', image(), image());
  expect(markdown).toBe(
    '![](openkb-image:p3_img1.png) ![](openkb-image:p3_img2.png) ![](openkb-image:p3_img1.png)',
  );
  expect(missing).toEqual([]);
});

test('pictures of the web stay as they are', () => {
  const markdown = '![a](https://example.org/a.png) ![b](//example.org/b.png)';
  expect(place(markdown)).toEqual({ markdown, images: [], missing: [] });
});

const piece = fc.constantFrom(
  '![a](x.png)',
  '![',
  '](',
  ')',
  '<img src=',
  '>',
  'data:image/png;base64,iVBORw0KGgo=',
  '![b](data:image/png;base64,iVBORw0KGgo=)',
  '(',
  '"',
  'y.png',
  '\n',
  'words',
);

test('whatever the text is, each picture that came is shown, and no file of this machine is', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.array(fc.constantFrom(undefined, 'x.png', 'y.png'), { maxLength: 4 }),
      (pieces, names) => {
        const placed = place(pieces.join(''), ...names.map(image));
        const files = placed.images.map(({ name }) => name);
        expect(files.length).toBeGreaterThanOrEqual(names.length);
        expect(new Set(files).size).toBe(files.length);
        for (const file of files) expect(placed.markdown).toContain(`openkb-image:${file}`);
        expect(placed.markdown).not.toMatch(/!\[[^\]\n]*\]\([xy]\.png\)/);
      },
    ),
  );
});
