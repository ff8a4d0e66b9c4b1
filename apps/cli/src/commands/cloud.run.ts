import type { CloudMetadata } from '@openkb/pageindex-cloud';

import { cloudFacts } from '../add/identify.ts';
import { connect } from '../cloud/connect.ts';
import { documentId } from '../cloud/sources.ts';
import type { Context } from '../command.ts';
import { CliError, usageError } from '../errors.ts';
import { findRoot } from '../knowledge-base/find.ts';
import { type KnowledgeBase, knowledgeBaseAt } from '../knowledge-base/open.ts';
import { nameOf, type Registry } from '../knowledge-base/registry.ts';
import type { Print } from '../report/reporter.ts';
import { table } from '../report/table.ts';
import { count } from '../report/words.ts';
import type { Services } from '../services.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly description?: string;
  readonly pages?: number;
  readonly createdAt?: string;
  /** Why processing failed. */
  readonly reason?: string;
  /** The document's name in the knowledge base, when it is there. */
  readonly importedAs?: string;
}

interface Listing {
  readonly type: 'cloud-list';
  readonly documents: readonly Listed[];
  /** There are older ones, which were not asked for. */
  readonly more: boolean;
}

interface Status extends Listed {
  readonly type: 'cloud-status';
}

/** Needs no knowledge base; where there is one, what it has of them is said. */
export async function list(args: Context & { top: number }): Promise<void> {
  if (!Number.isInteger(args.top) || args.top < 1)
    throw usageError('--top takes a whole number, 1 or more');
  const services = await args.services();
  const kb = nearest(services, args);
  const { client } = await connect(services, kb, args);
  const found = await client.list({ most: args.top + 1, signal: args.signal });
  const registry = kb?.registry();
  const documents = found.slice(0, args.top).map((metadata) => listed(metadata, registry));
  if (documents.length === 0)
    args.reporter.note('There are no documents in your account at PageIndex Cloud.');
  const more = found.length > args.top;
  args.reporter.result<Listing>({ type: 'cloud-list', documents, more }, printList);
}

export async function status(args: Context & { id: string }): Promise<void> {
  const id = documentId(args.id);
  const services = await args.services();
  const kb = nearest(services, args);
  const { client } = await connect(services, kb, args);
  const metadata = await client.metadata(id, { signal: args.signal });
  const value: Status = { type: 'cloud-status', ...listed(metadata, kb?.registry()), id };
  args.reporter.result(value, printStatus);
}

function nearest(services: Services, args: Context): KnowledgeBase | undefined {
  try {
    return knowledgeBaseAt(services, findRoot(services, args), 'openkb cloud');
  } catch (error) {
    const named = args.kb ?? services.environment['OPENKB_DIR'];
    if (named || !(error instanceof CliError) || error.code !== 'no-knowledge-base') throw error;
    return undefined;
  }
}

function listed(metadata: CloudMetadata, registry: Registry | undefined): Listed {
  const { id, name, status: state, description, pageCount, createdAt, reason } = metadata;
  const entry =
    registry?.get(cloudFacts(id, id).sha256) ??
    [...(registry?.values() ?? [])].find((other) => other['doc_id'] === id);
  return {
    id,
    name,
    status: state,
    ...(description !== '' && { description }),
    ...(pageCount !== undefined && { pages: pageCount }),
    ...(createdAt !== undefined && { createdAt }),
    ...(reason !== undefined && { reason }),
    ...(entry !== undefined && { importedAs: nameOf(entry) }),
  };
}

/** Longest name that is shown whole. */
const MOST_NAME = 60;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const short = (text: string) =>
  text.length > MOST_NAME
    ? `${Array.from(text)
        .slice(0, MOST_NAME - 1)
        .join('')}…`
    : text;

const printList: Print<Listing> = ({ documents, more }, { bold }) => {
  if (documents.length === 0) return [];
  const [heading = '', ...rows] = table([
    ['ID', 'STATUS', 'PAGES', 'CREATED', 'NAME'],
    ...documents.map(({ id, status: state, pages, createdAt, name, importedAs }) => [
      oneLine(id),
      oneLine(state),
      pages === undefined ? '' : String(pages),
      createdAt?.slice(0, 10) ?? '',
      short(oneLine(name)) + (importedAs === undefined ? '' : ` (here as "${importedAs}")`),
    ]),
  ]);
  const end = more
    ? `the newest ${documents.length}; --top shows more`
    : count(documents.length, 'document');
  return [bold(heading), ...rows, '', end];
};

const printStatus: Print<Status> = (value) => {
  const { id, name, status: state, pages, createdAt, description, reason, importedAs } = value;
  const next = importedAs === undefined && state === 'completed';
  return [
    ...table([
      ['id', id],
      ['name', oneLine(name)],
      ['status', reason === undefined ? state : `${state}: ${oneLine(reason)}`],
      ...(pages === undefined ? [] : [['pages', String(pages)]]),
      ...(createdAt === undefined ? [] : [['created', createdAt]]),
      ...(description === undefined ? [] : [['about', oneLine(description)]]),
      ...(importedAs === undefined ? [] : [['here as', importedAs]]),
    ]),
    ...(next ? [`Import it with: openkb add --from-pageindex-cloud ${id}`] : []),
  ];
};
