import { describe, expect, test } from 'vitest';

import { convert, type ConvertedDocument } from '../src/index.ts';
import { fixtures, isComplete } from './support/fixtures.ts';

describe('a fixture directory holds a source and the document that it becomes', () => {
  test('each has an expectation', () => {
    expect(isComplete()).toBe(true);
    expect(fixtures.length).toBeGreaterThan(10);
  });

  test.each(fixtures)('$name', async (fixture) => {
    const document = await convert(await fixture.source());
    await expect(describeDocument(document)).toMatchFileSnapshot(fixture.expected);
  });
});

/** The document as a person reads it: fields, then the Markdown. */
function describeDocument(document: ConvertedDocument): string {
  const { format, title, metadata, outline, images, messages, pages, markdown } = document;
  const lines = [
    `format: ${format}`,
    `title: ${title}`,
    `metadata: ${JSON.stringify(metadata)}`,
    ...outline.map(
      (entry) =>
        `outline: ${'  '.repeat(entry.level - 1)}${entry.title}${entry.page ? ` (${entry.page})` : ''}`,
    ),
    ...images.map(
      ({ name, mediaType, width, height, page }) =>
        `image: ${name} ${mediaType} ${width}x${height}${page ? ` (${page})` : ''}`,
    ),
    ...messages.map(({ level, code, text }) => `${level}: ${code}: ${text}`),
    ...(pages ?? []).map(({ page, images: shown }) => `page: ${page} ${shown.join(' ')}`.trim()),
  ];
  return `${lines.join('\n')}\n\n----\n\n${markdown}`;
}
