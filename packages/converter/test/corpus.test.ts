import { describe, expect, test } from 'vitest';

import { convert } from '../src/index.ts';
import { corpusSource, hasCorpus, orSkipped, reference } from './support/corpus.ts';
import { failure } from './support/failure.ts';
import { score } from './support/score.ts';

/** File, words of the reference found, and its pairs of neighbouring words found: recorded figures less a hundredth. */
const FLOORS: readonly (readonly [file: string, recall: number, order: number])[] = [
  ['pdf/multi_page.pdf', 0.99, 0.98],
  ['pdf/normal_4pages.pdf', 0.99, 0.98],
];

describe.skipIf(!hasCorpus)(`documents of other people${orSkipped}`, () => {
  test.each(FLOORS)(
    '%s has the words of its reference in their order',
    async (file, recall, order) => {
      const found = score((await convert(corpusSource(file))).markdown, reference(file));
      expect(found.recall).toBeGreaterThanOrEqual(recall);
      expect(found.order).toBeGreaterThanOrEqual(order);
    },
  );

  test.each([
    ['pdf/GeoTopo-komprimiert.pdf', 'Geometrie und Topologie', 117, 10, 35],
    ['pdf/bookmark_sample.pdf', 'PART I - DEFINITIONS', 3, 0, 8],
    ['pdf/federal-register-2020-17221.pdf', 'Proposed Rules', 15, 11, 31],
    ['pdf/multi_page.pdf', 'The Evolution of the Word Processor', 5, 0, 11],
    ['pdf/google-doc-document.pdf', 'PDF Example Document', 1, 1, 1],
    [
      'docx/markitdown-test.docx',
      'AutoGen: Enabling Next-Gen LLM Applications via Multi-Agent Conversation',
      undefined,
      1,
      4,
    ],
  ])(
    '%s has its title, pages, pictures and outline',
    async (file, title, pages, images, outline) => {
      const document = await convert(corpusSource(file));
      expect(document.title).toBe(title);
      expect(document.pages?.length).toBe(pages);
      expect(document.images).toHaveLength(images);
      expect(document.outline).toHaveLength(outline);
    },
  );

  test.each([
    ['pdf/zero-bytes.pdf', 'empty'],
    ['pdf/password-example.pdf', 'password-needed'],
    ['docx/testWORD_protected_passtika.docx', 'password-needed'],
    ['xlsx/password_protected.xlsx', 'password-needed'],
    ['pptx/testPPT_protected_passtika.pptx', 'password-needed'],
  ])('%s is refused: %s', async (file, code) => {
    expect(await failure(convert(corpusSource(file)))).toMatchObject({ code });
  });

  test('a password opens a PDF', async () => {
    const source = corpusSource('pdf/password-example.pdf');
    expect((await convert(source, { password: 'test' })).pages?.length).toBeGreaterThan(0);
  });

  test('a picture of ten thousand million pixels is not unpacked', async () => {
    const { images, messages } = await convert(corpusSource('pdf/bomb_giant.pdf'));
    expect(images).toEqual([]);
    expect(messages.length).toBeLessThan(2);
  });

  test('scans are told', async () => {
    const { messages, images } = await convert(
      corpusSource('pdf/MEDRPT-2024-PAT-3847_medical_report_scan.pdf'),
    );
    expect(images).toHaveLength(3);
    expect(messages.map(({ code }) => code)).toContain('scanned-pages');
  });

  test('equations are LaTeX', async () => {
    const { markdown } = await convert(corpusSource('docx/markitdown-equations.docx'));
    expect(markdown).toMatch(/\$[^$]*\\frac\{/);
  });
});
