/** A small document with real sentences, for people who try the program without a key. */
import type { NewDocument } from './types.ts';

/** A PNG of one pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const TEXTS = [
  '# The Tea Handbook\n\nThis handbook is about growing and making tea. Tea is made from the leaves of *Camellia sinensis*.',
  '## 1. The plant\n\nCamellia sinensis is an evergreen shrub. The tea plant grows best in acid soil and in a humid climate. Robert Fortune described the tea plant in 1848.',
  '### 1.1 Soil\n\nThe tea plant needs acid soil. Acid soil has a pH below six. In acid soil the roots take up iron and manganese.',
  '### 1.2 Climate\n\nA humid climate with mist keeps the leaves tender.\n\n![Rain by month](rain.png)',
  '',
  '## 2. Making tea\n\nBlack tea is oxidised; green tea is not. Withering takes water out of the leaf before rolling.',
  '### 2.1 Withering\n\nWithering is the loss of water from the fresh leaf. Withering takes twelve to eighteen hours. Robert Fortune watched withering in Fujian.',
  '### 2.2 Oxidation\n\nOxidation turns the leaf brown and makes black tea. Firing ends oxidation. Green tea is fired before oxidation begins.',
];

/** Eight pages, one of them blank, with a section tree of three levels and a picture. */
export const handbook = (): NewDocument => ({
  id: 'pi-handbook',
  name: 'tea-handbook.pdf',
  metadata: { description: 'On growing and making tea.' },
  tree: [
    {
      title: 'The Tea Handbook',
      node_id: '0000',
      page_index: 1,
      prefix_summary: 'A handbook on growing and making tea.',
      text: TEXTS[0],
      nodes: [
        {
          title: '1. The plant',
          node_id: '0001',
          page_index: 2,
          prefix_summary: 'The shrub and what it needs.',
          nodes: [
            { title: '1.1 Soil', node_id: '0002', page_index: 3, summary: 'Acid soil.' },
            { title: '1.2 Climate', node_id: '0003', page_index: 4, summary: 'Humid air.' },
          ],
        },
        {
          title: '2. Making tea',
          node_id: '0004',
          page_index: 6,
          prefix_summary: 'From leaf to tea.',
          nodes: [
            { title: '2.1 Withering', node_id: '0005', page_index: 7, summary: 'Losing water.' },
            { title: '2.2 Oxidation', node_id: '0006', page_index: 8, summary: 'Turning brown.' },
          ],
        },
      ],
    },
  ],
  pages: TEXTS.map((markdown, i) => ({
    page_index: i + 1,
    markdown,
    images: markdown.includes('rain.png') ? [{ id: 'rain.png', image_base64: PIXEL }] : [],
  })),
});
