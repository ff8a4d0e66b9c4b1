import { samplePages } from '@openkb/test-kit/pageindex-server';
import { expect, test } from 'vitest';

import { readDocument } from '../src/index.ts';
import { failureOf, setUp } from './setup.ts';

test('a completed document comes with three requests', async () => {
  const { server, client } = await setUp({ documents: [{ id: 'pi-1' }] });
  expect(await readDocument(client, 'pi-1')).toMatchObject({
    pageCount: 3,
    messages: [],
    nodes: [
      {
        startPage: 1,
        endPage: 3,
        children: [
          { startPage: 2, endPage: 3 },
          { startPage: 3, endPage: 3 },
        ],
      },
    ],
  });
  expect(server.requests.map(({ route }) => route)).toEqual(['metadata', 'tree', 'ocr']);
});

test('a document that is still processing costs one request', async () => {
  const { server, client } = await setUp({ documents: [{ id: 'pi-1', pollsLeft: 9 }] });
  const error = await failureOf(readDocument(client, 'pi-1'));
  expect(error).toMatchObject({ code: 'not-ready', documentId: 'pi-1' });
  expect(server.requests.map(({ route }) => route)).toEqual(['metadata']);
});

test('a document whose metadata has no status is read', async () => {
  const { client } = await setUp({
    documents: [{ id: 'pi-1', metadata: { status: undefined } }],
  });
  expect((await readDocument(client, 'pi-1')).pages).toHaveLength(3);
});

test('a page count that is too small cuts nothing off', async () => {
  const { client } = await setUp({
    documents: [{ id: 'pi-1', metadata: { pageNum: 2 }, pages: samplePages(40) }],
  });
  const document = await readDocument(client, 'pi-1');
  expect(document).toMatchObject({ pageCount: 40, nodes: [{ endPage: 40 }] });
  expect(document.pages).toHaveLength(40);
});

test('pages that are missing at the end are named', async () => {
  const { client } = await setUp({ documents: [{ id: 'pi-1', metadata: { pageNum: 12 } }] });
  expect((await readDocument(client, 'pi-1')).messages).toEqual([
    { code: 'pages-missing', text: 'The service counts 12 pages, the last that came is 3.' },
  ]);
});

test('an empty tree is one section over all pages', async () => {
  const { client } = await setUp({
    documents: [{ id: 'pi-1', tree: [], metadata: { description: null } }],
  });
  expect(await readDocument(client, 'pi-1')).toMatchObject({
    nodes: [{ title: 'handbook.pdf', startPage: 1, endPage: 3, summary: '' }],
    messages: [{ code: 'tree-empty' }],
  });
});

test('a document without any text, still processing, failed or unknown is an error that says so', async () => {
  const { client } = await setUp({
    documents: [
      { id: 'blank', pages: [{ page_index: 1, markdown: ' ' }] },
      { id: 'slow', pollsLeft: 9 },
      { id: 'bad', status: 'failed' },
    ],
  });
  const codes = await Promise.all(
    ['blank', 'slow', 'bad', 'nobody'].map(
      async (id) => (await failureOf(readDocument(client, id))).code,
    ),
  );
  expect(codes).toEqual(['unreadable-answer', 'not-ready', 'processing-failed', 'not-found']);
});
