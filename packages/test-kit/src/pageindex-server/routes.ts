/** What each endpoint answers, by the document of the wire API; no I/O. */
import { createHash } from 'node:crypto';

import { type Answer, json, refuse } from './answers.ts';
import { type DocumentStore, samplePages } from './documents.ts';
import type { FormPart } from './multipart.ts';
import { sideAnswer, sideRouteOf } from './side-routes.ts';
import { storedName } from './stored-name.ts';
import type { FakeDocument, Route, ServerOptions } from './types.ts';

export interface Call {
  readonly method: string;
  /** With a final slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Parts of a multipart body, or `undefined` where it is none or is cut off. */
  readonly parts: readonly FormPart[] | undefined;
}

export interface World {
  readonly options: ServerOptions;
  readonly store: DocumentStore;
  readonly folders: Map<string, Record<string, unknown>>;
}

const DOCUMENT = /^\/doc\/([^/]+)\/$/;
const METADATA = /^\/doc\/([^/]+)\/metadata\/$/;
const IN_DOCUMENT = /^\/doc\/([^/]+)\//;

/** Which endpoint a request means. */
export const routeOf = (method: string, path: string, query: URLSearchParams): Route => {
  if (method === 'POST' && path === '/doc/') return 'submit';
  if (method === 'GET' && path === '/docs/') return 'list';
  if (method === 'POST' && path === '/folder/') return 'folder';
  if (method === 'GET' && path === '/folders/') return 'folders';
  if (method === 'GET' && METADATA.test(path)) return 'metadata';
  if (method === 'DELETE' && DOCUMENT.test(path)) return 'delete';
  if (method === 'GET' && DOCUMENT.test(path)) return query.get('type') === 'ocr' ? 'ocr' : 'tree';
  return sideRouteOf(method, path) ?? 'other';
};

const isTrue = (value: string | null, fallback: boolean): boolean =>
  value === null ? fallback : value.toLowerCase() === 'true';

const submit = ({ parts }: Call, { options, store }: World): Answer => {
  const file = parts?.find((part) => part.name === 'file');
  if (file?.fileName === undefined) return refuse(422, 'field required: file');
  if (file.bytes.length === 0) return refuse(400, 'The file is empty.');
  if (!file.bytes.subarray(0, 1024).includes('%PDF'))
    return refuse(400, 'Only PDF files are supported.');
  const name = storedName(file.fileName, store.names());
  if (name === undefined) return refuse(400, 'Too many files with the same name.');
  const folder = parts?.find((part) => part.name === 'folder_id')?.bytes.toString();
  const { id } = store.add({
    name,
    folderId: folder ?? null,
    status: options.outcome ?? 'completed',
    pollsLeft: options.polls ?? 2,
    bytes: file.bytes.length,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    ...options.reads?.(file.bytes),
  });
  return json(options.namesOnSubmit === false ? { doc_id: id } : { doc_id: id, name });
};

const entry = (document: FakeDocument, status: string): Readonly<Record<string, unknown>> => ({
  id: document.id,
  name: document.name,
  description: status === 'completed' ? 'A guide to plants.' : null,
  status,
  createdAt: document.createdAt,
  pageNum: Array.isArray(document.pages) ? document.pages.length : null,
  folderId: document.folderId,
  ...document.metadata,
});

/** Nodes without what the query does not ask for. */
const trim = (nodes: unknown, summary: boolean, text: boolean): unknown => {
  if (Array.isArray(nodes)) return nodes.map((node) => trim(node, summary, text));
  if (typeof nodes !== 'object' || nodes === null) return nodes;
  const kept = Object.entries(nodes).filter(
    ([key]) => (text || key !== 'text') && (summary || !key.endsWith('summary')),
  );
  return Object.fromEntries(
    kept.map(([key, value]) => [key, key === 'nodes' ? trim(value, summary, text) : value]),
  );
};

const envelope = (document: FakeDocument, status: string, result: () => unknown): Answer => {
  const head = { doc_id: document.id, status, retrieval_ready: status === 'completed' };
  if (status !== 'completed') return json({ ...head, ...document.envelope });
  return json({ ...head, result: result(), metadata: null, features: {}, ...document.envelope });
};

const markdownOf = (page: { readonly markdown?: unknown }): string =>
  typeof page.markdown === 'string' ? page.markdown : '';

/** Nodes one after the other, as OCR by node has them. */
const flat = (nodes: unknown, level: number): readonly unknown[] => {
  const list = Array.isArray(nodes) ? nodes : [nodes];
  const found: unknown[] = [];
  for (const node of list) {
    if (typeof node !== 'object' || node === null) continue;
    const { title, page_index, text, nodes: below } = node as Record<string, unknown>;
    found.push({ title, level, page_index, text }, ...flat(below ?? [], level + 1));
  }
  return found;
};

const ocr = (document: FakeDocument, status: string, query: URLSearchParams): Answer => {
  const format = query.get('format') ?? 'page';
  const pages = Array.isArray(document.pages) ? document.pages : samplePages(0);
  if (format === 'page') return envelope(document, status, () => document.pages);
  if (format === 'raw') return envelope(document, status, () => pages.map(markdownOf).join('\n\n'));
  if (format === 'node') return envelope(document, status, () => flat(document.tree, 1));
  return refuse(422, `format must be page, node or raw, not ${format}`);
};

const list = ({ query }: Call, { store }: World): Answer => {
  const limit = Number(query.get('limit') ?? 50);
  const offset = Number(query.get('offset') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    return refuse(422, 'limit must be between 1 and 100');
  if (!Number.isInteger(offset) || offset < 0) return refuse(422, 'offset must not be negative');
  const folder = query.get('folder_id');
  const all = [...store.documents.values()]
    .toReversed()
    .filter((document) => folder === null || document.folderId === folder);
  const documents = all
    .slice(offset, offset + limit)
    .map((document) => entry(document, document.pollsLeft > 0 ? 'processing' : document.status));
  return json({ documents, total: all.length, limit, offset });
};

const folder = ({ body }: Call, { options, folders }: World): Answer => {
  if (options.plan !== 'max') return refuse(403, 'Folders need the Max plan');
  const { name } = JSON.parse(body.toString() || '{}') as { name?: string };
  if (name === undefined) return refuse(422, 'field required: name');
  if (folders.has(name)) return refuse(400, `Folder ${name} already exists`);
  const made = { id: `folder-${folders.size + 1}`, name, parent_folder_id: null, file_count: 0 };
  folders.set(name, made);
  return json({ folder: made });
};

const idIn = (path: string): string => {
  const id = IN_DOCUMENT.exec(path)?.[1] ?? '';
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
};

const missing = (): Answer => refuse(404, 'Document not found.');

/** The right answer to a call whose key is good. */
export const answer = (route: Route, call: Call, world: World): Answer => {
  const document = world.store.documents.get(idIn(call.path));
  switch (route) {
    case 'submit':
      return submit(call, world);
    case 'list':
      return list(call, world);
    case 'folder':
      return folder(call, world);
    case 'folders':
      if (world.options.plan !== 'max') return refuse(403, 'Folders need the Max plan');
      return json({ folders: [...world.folders.values()], total: world.folders.size });
    case 'metadata':
      return document ? json(entry(document, world.store.poll(document))) : missing();
    case 'tree': {
      if (document === undefined) return missing();
      const summary = isTrue(call.query.get('summary'), false);
      const text = isTrue(call.query.get('include_text'), true);
      return envelope(document, world.store.poll(document), () =>
        trim(document.tree, summary, text),
      );
    }
    case 'ocr':
      return document ? ocr(document, world.store.poll(document), call.query) : missing();
    case 'delete':
      if (document === undefined) return missing();
      world.store.documents.delete(document.id);
      if (world.options.emptyDeletes === true) return { status: 200, body: '', type: 'text/plain' };
      return json({ message: 'Document deleted successfully.' });
    case 'chat':
    case 'markdown':
    case 'retrieval':
    case 'block':
    case 'mcp':
    case 'other':
    default:
      return sideAnswer(route, call, document) ?? refuse(404, 'Not Found');
  }
};
