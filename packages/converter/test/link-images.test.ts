import { expect, test } from 'vitest';

import { linkImages } from '../src/index.ts';

test('every link to a picture of the document leads to the directory', () => {
  const markdown =
    '![a](openkb-image:p1_img1.png) ![b](<openkb-image:b-c.png> "t") <img src="openkb-image:d.jpg">\n\n[l]: openkb-image:größe.png';
  expect(linkImages(markdown, 'images/doc')).toBe(
    '![a](images/doc/p1_img1.png) ![b](<images/doc/b-c.png> "t") <img src="images/doc/d.jpg">\n\n[l]: images/doc/größe.png',
  );
});

test('what a link cannot hold is escaped in the directory', () => {
  expect(linkImages('![a](openkb-image:a.png)', 'my docs/50% (new)/ü/')).toBe(
    '![a](my%20docs/50%25%20%28new%29/ü/a.png)',
  );
});

test('words that are no link stay', () => {
  const text = 'The scheme `openkb-image:` is ours: openkb-image:a.png';
  expect(linkImages(text, 'images')).toBe(text);
});

test('an empty directory leaves the name', () => {
  expect(linkImages('![a](openkb-image:a.png)', '')).toBe('![a](a.png)');
});
