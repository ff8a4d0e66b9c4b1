import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import { convert } from '../src/index.ts';
import {
  drawing,
  imageRelationship,
  paragraph,
  writeDocx,
  type DocxOptions,
} from './support/docx.ts';
import { failure } from './support/failure.ts';
import { png } from './support/images.ts';

const source = (options: DocxOptions) => ({ name: 'a.docx', bytes: writeDocx(options) });

describe('the title of a Word document', () => {
  const body = paragraph('Heading', { style: 'heading1' }) + paragraph('words');
  test.each([
    ['its properties', '<dc:title>Bees</dc:title>', 'Bees'],
    [
      'its first heading, when they name a template',
      '<dc:title>Word Document</dc:title>',
      'Heading',
    ],
    ['its first heading, when they are broken', '<dc:title>Bees', 'Heading'],
  ])('is that of %s', async (_where, core, title) => {
    expect((await convert(source({ body, core }))).title).toBe(title);
  });
});

test('pictures are the bytes of the container with a text of their own', async () => {
  const picture = png(50, 40);
  const { images, markdown } = await convert(
    source({
      body: drawing('a', { alt: 'a [hive]\nof bees' }),
      relationships: imageRelationship('a', 'media/x.png'),
      parts: { 'word/media/x.png': picture },
    }),
  );
  expect(images).toEqual([
    {
      name: 'img1.png',
      bytes: Buffer.from(picture),
      mediaType: 'image/png',
      width: 50,
      height: 40,
    },
  ]);
  expect(markdown).toBe('![a \\[hive\\] of bees](openkb-image:img1.png)\n');
});

describe('a hostile container is refused', () => {
  test('one that unpacks to more than the limit', async () => {
    const bomb = writeDocx({
      body: '',
      parts: { 'word/media/zeros.bin': new Uint8Array(3_000_000) },
    });
    expect(bomb.length).toBeLessThan(20_000);
    const limits = { unpackedBytes: 1_000_000 };
    const error = await failure(convert({ name: 'bomb.docx', bytes: bomb }, { limits }));
    expect(error).toMatchObject({ code: 'too-large' });
    expect(error.message).toContain('"bomb.docx"');
  });

  test('one that says it is smaller than it is', async () => {
    const bytes = Buffer.from(
      writeDocx({ body: '', parts: { 'word/x.bin': new Uint8Array(500_000) } }),
    );
    for (
      let at = bytes.indexOf('PK\x01\x02', 0, 'latin1');
      at >= 0;
      at = bytes.indexOf('PK\x01\x02', at + 1, 'latin1')
    )
      if (bytes.readUInt32LE(at + 24) === 500_000) bytes.writeUInt32LE(1000, at + 24);
    expect(await failure(convert({ name: 'a.docx', bytes }))).toMatchObject({ code: 'damaged' });
  });

  test('one with more entries than the limit', async () => {
    const limits = { zipEntries: 3 };
    const error = await failure(convert(source({ body: '' }), { limits }));
    expect(error).toMatchObject({ code: 'too-large' });
  });

  test('one with a name that leaves it', async () => {
    const bytes = writeDocx({ body: '', parts: { '../../word/evil.txt': 'x' } });
    const error = await failure(convert({ name: 'a.docx', bytes }));
    expect(error).toMatchObject({ code: 'damaged' });
    expect(error.message).toContain('../../word/evil.txt');
  });

  test('one without its document', async () => {
    const bytes = zipSync({ 'word/documents.xml': Buffer.from('<a/>') });
    expect(await failure(convert({ name: 'a.docx', bytes }))).toMatchObject({ code: 'damaged' });
    const other = zipSync({ 'letters/a.xml': Buffer.from('<a/>') });
    const error = await failure(convert({ name: 'a.zip', bytes: other }));
    expect(error).toMatchObject({ code: 'unsupported' });
  });

  test.each([
    [
      'an entity that stands for many',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
      '&b;',
    ],
    [
      'an entity that stands for a file',
      '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
      '&b;',
    ],
  ])('one with %s', async (_what, doctype, text) => {
    const document = `<?xml version="1.0"?>${doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
    const bytes = writeDocx({ body: '', parts: { 'word/document.xml': document } });
    const result = await convert({ name: 'a.docx', bytes }).catch((error: unknown) =>
      String(error),
    );
    const shown = typeof result === 'string' ? result : result.markdown;
    expect(shown).not.toMatch(/aaaaaaaa|localdomain/);
    expect(shown).toMatch(/damaged|^\s*(?:&b;|\\&b;)?\s*$/);
  });

  test('one whose elements are nested without end ends in an error or in words', async () => {
    const deep = '<w:ins>'.repeat(60_000) + '</w:ins>'.repeat(60_000);
    const result = await convert(source({ body: `<w:p>${deep}</w:p>` })).catch(
      (error: unknown) => error,
    );
    expect(result).toMatchObject({ code: 'damaged' });
    expect(String(result)).toContain('nested too deeply');
  });
});

test('a picture outside of the document is never read', async () => {
  const { markdown, images, messages } = await convert(
    source({
      body: paragraph('words') + drawing('c', { link: true }),
      relationships: imageRelationship('c', 'file:///etc/hostname', 'External'),
    }),
  );
  expect(markdown).toBe('words\n');
  expect(images).toEqual([]);
  expect(messages.map(({ code }) => code)).toEqual(['external-image']);
});

test('a document without words says so', async () => {
  const { messages, title } = await convert(source({ body: '' }));
  expect(messages.map(({ code }) => code)).toEqual(['no-text']);
  expect(title).toBe('a');
});
