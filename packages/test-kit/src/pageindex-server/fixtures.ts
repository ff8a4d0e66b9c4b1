/**
 * A document in every odd shape that the service has been seen to send, or that its clients
 * provide for. The key says what is odd; `fixture(key)` has the id `pi-KEY`.
 */
import { samplePages, sampleTree } from './documents.ts';
import { PIXEL } from './handbook.ts';
import type { NewDocument } from './types.ts';

const JPEG = Buffer.from('\xFF\xD8\xFF\xE0 a picture', 'latin1').toString('base64');
/** Characters of the answer of `large`. */
const LARGE = 30_000_000;

const withImages = (images: readonly unknown[], markdown = 'Figure 1.') => ({
  pages: [{ page_index: 1, markdown, images }],
});

const deepTree = (levels: number): unknown =>
  levels === 0
    ? []
    : [
        {
          title: `Level ${levels}`,
          node_id: `${levels}`,
          page_index: 1,
          nodes: deepTree(levels - 1),
        },
      ];

/** Sample pages with members changed; `i` counts from 0. */
const edited = (count: number, change: (i: number) => object): unknown =>
  samplePages(count).map((page, i) => Object.assign({}, page, change(i)));

const largePages = (): unknown => {
  const count = 15;
  const image = PIXEL + 'A'.repeat(LARGE / count);
  return edited(count, () => ({ images: [image] }));
};

const shapes: Readonly<Record<string, () => NewDocument>> = {
  'never-retrieval-ready': () => ({ envelope: { retrieval_ready: false } }),
  'status-unknown-word': () => ({ status: 'dreaming' }),
  'status-processing': () => ({ status: 'processing' }),
  'status-processing-null-result': () => ({ status: 'queued', envelope: { result: null } }),
  'status-failed': () => ({ status: 'failed', metadata: { error: 'All pages are blank.' } }),
  'description-null': () => ({ metadata: { description: null } }),
  'page-count-missing': () => ({ metadata: { pageNum: undefined } }),
  'page-count-zero': () => ({ metadata: { pageNum: 0 } }),
  'page-count-too-small': () => ({ metadata: { pageNum: 2 } }),
  'page-count-too-large': () => ({ metadata: { pageNum: 12 } }),
  'name-backslash': () => ({ name: 'C:\\scans\\tax 2025.pdf' }),
  'name-slash': () => ({ name: 'scans/tax 2025.pdf' }),
  'name-drive': () => ({ name: 'C:x.pdf' }),
  'name-dots': () => ({ name: '..' }),
  'name-climbs': () => ({ name: '../../../etc/passwd' }),
  'name-empty': () => ({ name: '' }),
  'name-controls': () => ({ name: 'a\u001B[31m\n\u202Efdp.exe\u0000' }),
  'name-200-cjk': () => ({ name: `${'字'.repeat(200)}.pdf` }),
  'pages-numbered-as-text': () => ({
    pages: edited(3, (i) => ({ page_index: String(i + 1) })),
  }),
  'pages-out-of-order': () => ({ pages: samplePages(5).toReversed() }),
  'pages-twice': () => ({
    pages: [...samplePages(3), { page_index: 2, markdown: 'Page 2 again.' }],
  }),
  'pages-with-a-gap': () => ({ pages: samplePages(6).filter((_, i) => i !== 2 && i !== 3) }),
  'pages-blank': () => ({
    pages: edited(3, (i) => (i === 1 ? { markdown: '' } : {})),
  }),
  'pages-null-markdown': () => ({
    pages: edited(3, (i) => (i === 1 ? { markdown: null } : {})),
  }),
  'pages-without-text': () => ({
    pages: edited(3, () => ({ markdown: ' ' })),
  }),
  'pages-none': () => ({ pages: [] }),
  'images-base64': () => withImages([PIXEL, JPEG]),
  'images-data-uri': () => withImages([`data:image/png;base64,${PIXEL}`]),
  'images-object': () =>
    withImages([{ id: 'img-0.png', image_base64: PIXEL }], 'Figure 1.\n\n![a](img-0.png)'),
  'images-junk': () => withImages(['junk', 7, null, { base64: '' }]),
  'images-in-the-text': () => withImages([], `Figure 1.\n\n![a](data:image/png;base64,${PIXEL})`),
  'images-not-sent': () => withImages([], 'Look:\n\n![the map](../../secret.png)'),
  'tree-empty': () => ({ tree: [] }),
  'tree-null': () => ({ envelope: { result: null } }),
  'tree-single-root': () => ({ tree: (sampleTree() as unknown[])[0] }),
  'tree-in-tree': () => ({ envelope: { tree: sampleTree() } }),
  'tree-12-levels': () => ({ tree: deepTree(12) }),
  'tree-without-ids': () => ({ tree: [{ title: 'A', page_index: 1 }, { page_index: 2 }] }),
  'tree-goes-backwards': () => ({
    tree: [1, 3, 2, 99, -1].map((page) => ({ title: `To ${page}`, page_index: page })),
  }),
  'tree-null-nodes': () => ({ tree: [{ title: 'A', page_index: '2', nodes: null }] }),
  'tree-old-style': () => ({
    tree: [
      { title: 'A', start_index: 1, end_index: 2, child_nodes: [{ title: 'B', start_index: 2 }] },
    ],
  }),
  'pages-1200-one-blank': () => ({
    pages: edited(1200, (i) => (i === 500 ? { markdown: '' } : {})),
  }),
  large: () => ({ pages: largePages() }),
};

/** What can be asked of `fixture`. */
export const fixtureNames: readonly string[] = Object.keys(shapes);

/** @throws {TypeError} for a name that is none of `fixtureNames` */
export function fixture(name: string): NewDocument {
  const shape = shapes[name];
  if (shape === undefined) throw new TypeError(`there is no fixture "${name}"`);
  return { id: `pi-${name}`, name: `${name}.pdf`, ...shape() };
}
