/** The documents of the fake server: their states, their names, and a sample content. */
import { randomBytes } from 'node:crypto';

import type { FakeDocument, NewDocument, ServerOptions } from './types.ts';

const FIRST_TIME = Date.parse('2026-03-02T09:15:00.000Z');

/** A tree of two levels in the shape the service sends. */
export const sampleTree = (): unknown => [
  {
    title: 'Plant Handbook',
    node_id: '0000',
    page_index: 1,
    prefix_summary: 'A guide to plants.',
    text: '# Plant Handbook\n\nA guide to plants.',
    nodes: [
      { title: '1. Soil', node_id: '0001', page_index: 2, summary: 'On soil.', text: '## 1. Soil' },
      {
        title: '2. Light',
        node_id: '0002',
        page_index: 3,
        summary: 'On light.',
        text: '## 2. Light',
      },
    ],
  },
];

/** Pages of OCR text, 1 to `count`. */
export const samplePages = (count: number): readonly Readonly<Record<string, unknown>>[] =>
  Array.from({ length: count }, (_, i) => ({
    page_index: i + 1,
    markdown: `# Page ${i + 1}\n\nText of page ${i + 1}.`,
    images: [],
  }));

const newId = (): string => `pi-${BigInt(`0x${randomBytes(16).toString('hex')}`).toString(36)}`;

/** All documents, oldest first. */
export class DocumentStore {
  readonly documents = new Map<string, FakeDocument>();
  readonly #now: () => Date;
  #made = 0;

  constructor(options: ServerOptions) {
    this.#now = options.now ?? (() => new Date(FIRST_TIME + this.#made * 1000));
  }

  add(document: NewDocument = {}): FakeDocument {
    const createdAt = this.#now().toISOString();
    this.#made += 1;
    const added: FakeDocument = {
      id: newId(),
      name: 'handbook.pdf',
      status: 'completed',
      pollsLeft: 0,
      createdAt,
      folderId: null,
      metadata: {},
      tree: sampleTree(),
      pages: samplePages(3),
      envelope: {},
      ...document,
    };
    this.documents.set(added.id, added);
    return added;
  }

  names(): ReadonlySet<string> {
    return new Set([...this.documents.values()].map((document) => document.name));
  }

  /** The status for one answer; asking counts as a poll. */
  poll(document: FakeDocument): string {
    if (document.pollsLeft <= 0) return document.status;
    document.pollsLeft -= 1;
    return document.pollsLeft > 0 ? 'queued' : 'processing';
  }
}
