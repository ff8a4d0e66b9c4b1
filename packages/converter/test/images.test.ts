import { inflateSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { safeImageName } from '../src/images/image-name.ts';
import { ImageStore } from '../src/images/image-store.ts';
import { imageType } from '../src/images/image-type.ts';
import { encodePng } from '../src/images/png.ts';
import { defaultLimits } from '../src/index.ts';
import { JPEG, png } from './support/images.ts';

describe('the store of pictures', () => {
  test('the same bytes have one name, and the same name is given once without regard to case', () => {
    const store = new ImageStore(defaultLimits);
    expect(store.add(png(40, 40, 1), { suggestion: 'a/Pic.png' })).toBe('Pic.png');
    expect(store.add(png(40, 40, 2), { suggestion: 'b/pic.png' })).toBe('pic-2.png');
    expect(store.add(png(40, 40, 1), { suggestion: 'c/other.png' })).toBe('Pic.png');
    expect(store.images.map(({ name }) => name)).toEqual(['Pic.png', 'pic-2.png']);
    expect(store.messages()).toEqual([]);
  });

  test('tiny pictures, other files and those over the limits are counted', () => {
    const store = new ImageStore({ ...defaultLimits, images: 1 });
    expect(store.add(png(31, 400), { suggestion: 'a' })).toBeUndefined();
    expect(store.add(png(400, 31), { suggestion: 'a' })).toBeUndefined();
    expect(store.add(Buffer.from('<html>'), { suggestion: 'a' })).toBeUndefined();
    expect(store.add(png(40, 40, 1), { suggestion: 'a' })).toBe('a.png');
    expect(store.add(png(40, 40, 2), { suggestion: 'b' })).toBeUndefined();
    expect(store.messages().map(({ text }) => text)).toEqual([
      '2 pictures are left out: smaller than 32 pixels.',
      '1 picture is left out: not in a picture format that can be read.',
      '1 picture is left out: over the limits for number or size of pictures.',
    ]);
  });
});

test.each([
  ['../../etc/passwd', 'passwd.png'],
  ['C:\\x\\a b.PNG', 'a-b.png'],
  ['...', 'image.png'],
  ['con.png', 'image-con.png'],
  ['図 1.jpeg', '図-1.png'],
  ['a](b).png', 'a-b.png'],
  ['x'.repeat(300), `${'x'.repeat(60)}.png`],
])('%s is safe as %s', (suggestion, name) => {
  expect(safeImageName(suggestion, '.png')).toBe(name);
});

describe('the type of a picture is read off its bytes', () => {
  test.each([
    ['png', png(40, 30), 'image/png', 40, 30],
    ['jpeg', JPEG, 'image/jpeg', 40, 40],
    ['gif', Buffer.from('GIF89a\x28\x00\x1e\x00', 'latin1'), 'image/gif', 40, 30],
    [
      'svg',
      Buffer.from('<?xml version="1.0"?>\n<svg width="1">'),
      'image/svg+xml',
      undefined,
      undefined,
    ],
  ])('%s', (_name, bytes, mediaType, width, height) => {
    expect(imageType(bytes)).toMatchObject({ mediaType });
    expect(imageType(bytes)?.width).toBe(width);
    expect(imageType(bytes)?.height).toBe(height);
  });

  test('a truncated header has no type, or no size', () => {
    for (const file of [png(40, 30), Buffer.from(JPEG)])
      for (let length = 0; length < 60; length += 1)
        expect(() => imageType(file.subarray(0, length))).not.toThrow();
    expect(imageType(Buffer.from('%PDF-1.7'))).toBeUndefined();
  });
});

test.each([1, 3, 4] as const)(
  'a PNG of %i channels has the pixels that it was made of',
  (channels) => {
    const [width, height] = [9, 3];
    const data = Uint8Array.from(
      { length: width * height * channels },
      (_, index) => (index * 37) % 256,
    );
    const file = Buffer.from(encodePng({ width, height, channels, data }));
    const rows = inflateSync(file.subarray(41, 41 + file.readUInt32BE(33)));
    const stride = width * channels;
    const back = Array.from({ length: height }, (_, row) => {
      const line = [...rows.subarray(row * (stride + 1) + 1, (row + 1) * (stride + 1))];
      line.forEach((byte, index) => {
        line[index] = (byte + (index < channels ? 0 : (line[index - channels] ?? 0))) & 0xff;
      });
      return line;
    });
    expect(back.flat()).toEqual([...data]);
  },
);

test.each([
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 4],
  [16, 4],
])('a grey PNG of %i shades has %i bits a pixel and the shades of its pixels', (count, bits) => {
  const [width, height] = [19, 7];
  const shades = Array.from({ length: count }, (_, index) => index * 15);
  const data = Uint8Array.from(
    { length: width * height },
    (_, index) => shades[(index * index) % count] ?? 0,
  );
  const used = [...new Set(data)].toSorted((a, b) => a - b);
  const file = Buffer.from(encodePng({ width, height, channels: 1, data }));
  const [depth, type] = [file.readUInt8(24), file.readUInt8(25)];
  expect(type).toBe(3);
  expect(depth).toBeLessThanOrEqual(bits);
  const palette = file.subarray(41, 41 + file.readUInt32BE(33));
  expect([...palette].filter((_, index) => index % 3 === 0)).toEqual(used);
  const start = 41 + palette.length + 4;
  const rows = inflateSync(file.subarray(start + 8, start + 8 + file.readUInt32BE(start)));
  const stride = 1 + Math.ceil((width * depth) / 8);
  const back = Array.from(data, (_, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    const byte = rows[row * stride + 1 + Math.floor((column * depth) / 8)] ?? 0;
    return palette[3 * ((byte >> (8 - depth - ((column * depth) % 8))) & (2 ** depth - 1))];
  });
  expect(back).toEqual([...data]);
});
