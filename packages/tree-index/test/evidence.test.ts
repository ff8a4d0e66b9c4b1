import { describe, expect, test } from 'vitest';

import { type OutlineItem, type PageText, buildSectionTree, formatTree } from '../src/index.ts';

const blank = (
  count: number,
  text = 'Plain words about soil and water.\nMore of the same kind.',
): PageText[] => Array.from({ length: count }, (_, i) => ({ page: i + 1, text }));

const withText = (pages: PageText[], texts: Readonly<Record<number, string>>): PageText[] =>
  pages.map((page) => ({ ...page, text: texts[page.page] ?? page.text }));

const codes = (pages: PageText[], outline: OutlineItem[]): readonly string[] =>
  buildSectionTree({ pages, outline }).messages.map((message) => message.code);

describe('the outline', () => {
  const good = [2, 8, 14, 20].map((page, i) => ({ title: `Topic ${'ABCD'[i]}`, level: 1, page }));

  test('makes the frame, and pages before it are front matter', () => {
    const tree = buildSectionTree({ pages: blank(24), outline: good });
    expect(formatTree(tree)).toBe(
      [
        '0000 Front matter (pages 1–2)',
        '0001 Topic A (pages 2–8)',
        '0002 Topic B (pages 8–14)',
        '0003 Topic C (pages 14–20)',
        '0004 Topic D (pages 20–24)',
      ].join('\n'),
    );
  });

  test('a title that opens its page ends the section before on the page before', () => {
    const pages = withText(blank(24), {
      2: 'Topic A\ntext',
      8: 'Topic B\ntext',
      14: 'some text\nTopic C',
      20: 'Topic D',
    });
    const ranges = buildSectionTree({ pages, outline: good }).nodes.map((node) => [
      node.startPage,
      node.endPage,
    ]);
    expect(ranges).toEqual([
      [1, 1],
      [2, 7],
      [8, 14],
      [14, 19],
      [20, 24],
    ]);
  });

  test('an entry that points to the top of its page opens it, though its title is not found there', () => {
    const outline = good.map((item, i) => ({ ...item, top: i === 1 ? 0.05 : 0.6 }));
    const { nodes } = buildSectionTree({ pages: blank(24), outline });
    expect(nodes.map(({ startPage, endPage }) => [startPage, endPage])).toEqual([
      [1, 2],
      [2, 7],
      [8, 14],
      [14, 20],
      [20, 24],
    ]);
  });

  test('sections that start on one page follow each other from its top', () => {
    const outline = [
      ...good,
      { title: 'The last', level: 1, page: 21, top: 0.9 },
      { title: 'The first', level: 1, page: 21, top: 0.1 },
    ];
    const { nodes } = buildSectionTree({
      pages: blank(24, 'Soil and water. '.repeat(60)),
      outline,
    });
    expect(nodes.map(({ title }) => title).slice(-2)).toEqual(['The first', 'The last']);
  });

  test('of two lines with the title of an entry the one that it points to counts', () => {
    const text = ['Notes', ...Array.from({ length: 40 }, () => 'of the keeper.'), 'Notes', 'more'];
    const pages = withText(blank(24), { 14: text.join('\n') });
    const at = (top: number): number | undefined => {
      const outline = [...good.slice(0, 2), { title: 'Notes', level: 1, page: 14, top }];
      return buildSectionTree({ pages, outline }).nodes.at(-2)?.endPage;
    };
    expect([at(0.02), at(0.95)]).toEqual([13, 14]);
  });

  test.each<[string, OutlineItem[]]>([
    [
      'with two entries',
      [
        { title: 'A', level: 1, page: 1 },
        { title: 'B', level: 1, page: 9 },
      ],
    ],
    ['of page names', [1, 5, 9, 13].map((page) => ({ title: `Page ${page}`, level: 1, page }))],
    [
      'of one name with a counter',
      [1, 5, 9, 13].map((page) => ({ title: `scan_${page}.tif`, level: 1, page })),
    ],
    [
      'of duplicates',
      [1, 3, 5, 7, 9].map((page) => ({ title: 'Untitled section', level: 1, page })),
    ],
    [
      'of the first pages only',
      [1, 2, 3].map((page) => ({ title: `Word ${'xyz'[page - 1]}`, level: 1, page })),
    ],
    ['without pages', ['A', 'B', 'C'].map((title) => ({ title, level: 1 }))],
    ['beyond the file', ['A', 'B', 'C'].map((title) => ({ title, level: 1, page: 3702 }))],
  ])('%s is not believed, and a message says so', (_, outline) => {
    expect(codes(blank(24), outline)).toContain('outline-rejected');
    expect(buildSectionTree({ pages: blank(24), outline }).method).toBe('windows');
  });

  test('one wrong page number costs one entry, not all behind it', () => {
    const outline = [{ title: 'Wrong', level: 1, page: 23 }, ...good];
    expect(buildSectionTree({ pages: blank(24), outline }).nodes.map((node) => node.title)).toEqual(
      ['Front matter', 'Topic A', 'Topic B', 'Topic C', 'Topic D'],
    );
  });

  test('a chapter far over the limit is filled with the headings inside it', () => {
    const outline = [1, 5, 40].map((page, i) => ({ title: `Topic ${'ABC'[i]}`, level: 1, page }));
    const pages = withText(blank(45), {
      10: '# Loam\ntext',
      20: '# Sand\ntext',
      30: '# Clay\ntext',
    });
    const [, chapter] = buildSectionTree({ pages, outline }).nodes;
    expect(chapter?.children.map((node) => node.title)).toEqual([
      'Opening',
      'Loam',
      'Sand',
      'Clay',
    ]);
  });
});

const opening = (title: string): string => `${title}\nWhat the words say about it.`;

describe('printed contents', () => {
  const chapters = ['Loam', 'Sand', 'Clay', 'Peat', 'Chalk', 'Silt', 'Humus', 'Marl'];

  test('roman and arabic runs have their own offsets', () => {
    const pages = withText(blank(30), {
      2: [
        'Contents',
        'Preface ..... iii',
        'Thanks ..... iv',
        ...chapters.slice(0, 6).map((t, i) => `${t} ..... ${1 + 4 * i}`),
      ].join('\n'),
      3: opening('Preface'),
      4: opening('Thanks'),
      5: opening('Loam'),
      9: opening('Sand'),
      13: opening('Clay'),
      17: opening('Peat'),
      21: opening('Chalk'),
      25: opening('Silt'),
    });
    const tree = buildSectionTree({ pages });
    expect(tree.method).toBe('contents');
    expect(tree.nodes.slice(1).map((node) => [node.title, node.startPage])).toEqual([
      ['Preface', 3],
      ['Thanks', 4],
      ['Loam', 5],
      ['Sand', 9],
      ['Clay', 13],
      ['Peat', 17],
      ['Chalk', 21],
      ['Silt', 25],
    ]);
  });

  test('an offset that plates shift is found anew, and a row without its title is dropped', () => {
    const starts = [3, 6, 9, 12, 18, 21, 24, 27];
    const printed = [1, 4, 7, 10, 13, 16, 19, 22];
    const pages = withText(blank(30), {
      2: ['Contents', ...chapters.map((title, i) => `${title} . . . . . ${printed[i]}`)].join('\n'),
      ...Object.fromEntries(
        starts.map((page, i) => [
          page,
          i === 6 ? 'nothing of the name' : opening(chapters[i] ?? ''),
        ]),
      ),
    });
    const tree = buildSectionTree({ pages });
    expect(tree.method).toBe('contents');
    expect(tree.nodes.slice(1).map((node) => [node.title, node.startPage])).toEqual(
      chapters.map((title, i) => [title, starts[i]]).filter(([title]) => title !== 'Humus'),
    );
  });

  test('contents that no page confirms are not believed', () => {
    const rows = chapters.map((title, i) => `${title} ..... ${1 + 3 * i}`);
    const tree = buildSectionTree({
      pages: withText(blank(30), { 2: ['Contents', ...rows].join('\n') }),
    });
    expect(tree.method).toBe('windows');
    expect(tree.messages.map((message) => message.code)).toContain('contents-rejected');
  });
});

describe('windows', () => {
  test('text without any structure gets windows of ten pages, titled by their first line', () => {
    const pages = blank(25).map(({ page }) => ({
      page,
      text: `Words number ${'abcdefghijklmnopqrstuvwxyz'[page]} here.`,
    }));
    expect(buildSectionTree({ pages })).toMatchObject({
      method: 'windows',
      nodes: [
        { title: 'Words number b here.', startPage: 1, endPage: 10 },
        { title: 'Words number l here.', startPage: 11, endPage: 20 },
        { title: 'Words number v here.', startPage: 21, endPage: 25 },
      ],
    });
  });

  test('a window stays within the token limit', () => {
    const pages = blank(6, 'loam '.repeat(800));
    const ends = buildSectionTree({ pages }, { maxTokensPerNode: 2000 }).nodes.map(
      (node) => node.endPage,
    );
    expect(ends).toEqual([2, 4, 6]);
  });

  test('a scan without text has a tree and a warning', () => {
    const tree = buildSectionTree({ pages: blank(12, '') });
    expect(tree.nodes.map((node) => node.title)).toEqual(['Pages 1–10', 'Pages 11–12']);
    expect(tree.messages).toContainEqual(
      expect.objectContaining({ level: 'warning', code: 'scanned-pages' }),
    );
  });

  test('a list of numbers on one page is not taken for chapters', () => {
    const list = Array.from({ length: 9 }, (_, i) => `${i + 1}. Take another pot`).join('\n');
    expect(buildSectionTree({ pages: withText(blank(24), { 12: list }) }).method).toBe('windows');
  });
});

test('Chinese chapters are found by their numbering', () => {
  const pages = withText(blank(20, '根从松软的土壤中吸收水分,叶子向着光。'), {
    2: '第一章 土壤\n正文',
    8: '第二章 光\n正文',
    15: '第三章 水\n正文',
  });
  expect(buildSectionTree({ pages })).toMatchObject({
    method: 'numbering',
    nodes: [
      {},
      { title: '第一章 土壤', startPage: 2 },
      { title: '第二章 光' },
      { title: '第三章 水', endPage: 20 },
    ],
  });
});

test('tiny sections on one page are merged and their titles kept', () => {
  const long = 'Many words on the matter. '.repeat(40);
  const pages = withText(blank(4), {
    1: `# Tools\n\n${long}`,
    2: '# Spade\n\nDigs.\n\n# Rake\n\nRakes.\n\n# Hoe\n\nHoes.',
    3: `# Soil\n\n${long}`,
    4: `# Water\n\n${long}`,
  });
  expect(buildSectionTree({ pages }).nodes.map(({ title, keyItems }) => [title, keyItems])).toEqual(
    [
      ['Tools', undefined],
      ['Spade', ['Rake', 'Hoe']],
      ['Soil', undefined],
      ['Water', undefined],
    ],
  );
});

test('no pages give no nodes, and a page number that is none is refused', () => {
  expect(buildSectionTree({ pages: [] })).toMatchObject({ pageCount: 0, nodes: [] });
  expect(() => buildSectionTree({ pages: [{ page: 0, text: '' }] })).toThrow('page number "0"');
  expect(() => buildSectionTree({ pages: [] }, { maxPagesPerNode: 0 })).toThrow(
    '"maxPagesPerNode"',
  );
});

test('a page that the input leaves out counts as blank', () => {
  const tree = buildSectionTree({ pages: [{ page: 3, text: 'Soil' }] });
  expect(tree).toMatchObject({ pageCount: 3, nodes: [{ startPage: 1, endPage: 3 }] });
});
