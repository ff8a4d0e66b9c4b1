import type { Context } from '../command.ts';
import { lostRegistry } from '../knowledge-base/lost-registry.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { pageNames } from '../knowledge-base/pages.ts';
import { whileNobodyWrites } from '../knowledge-base/read.ts';
import { nameOf, type RegistryEntry } from '../knowledge-base/registry.ts';
import type { Print } from '../report/reporter.ts';
import { table } from '../report/table.ts';
import { count } from '../report/words.ts';

interface Listing {
  readonly type: 'list';
  readonly root: string;
  readonly documents: readonly ListedDocument[];
  readonly concepts: readonly string[];
  readonly entities: readonly string[];
  readonly explorations: readonly string[];
  /** There are documents and no registry of them. */
  readonly registryMissing?: true;
}

interface ListedDocument {
  readonly name: string;
  readonly file?: string;
  readonly type?: string;
  readonly pages?: number;
  readonly path?: string;
  readonly sha256: string;
}

export async function run(args: Context): Promise<void> {
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb list');
  const listing = await whileNobodyWrites(kb, args, (): Listing => {
    return {
      type: 'list',
      root: kb.root,
      documents: [...kb.registry()].map(listed),
      concepts: pageNames(kb.files, 'concepts'),
      entities: pageNames(kb.files, 'entities'),
      explorations: pageNames(kb.files, 'explorations'),
      ...(lostRegistry(kb) && { registryMissing: true }),
    };
  });
  if (listing.registryMissing)
    args.reporter.warn(
      "the registry is missing, so that no document is listed; run 'openkb doctor --rebuild-registry'",
    );
  else if (listing.documents.length === 0)
    args.reporter.note("There are no documents yet; add some with 'openkb add'.");
  args.reporter.result(listing, args.verbose ? printAll : print);
}

function listed([sha256, entry]: [string, RegistryEntry]): ListedDocument {
  const { name: file, type, pages, path } = entry;
  return {
    name: nameOf(entry),
    ...(file !== undefined && { file }),
    ...(type !== undefined && { type }),
    ...(pages !== undefined && { pages }),
    ...(path !== undefined && { path }),
    sha256,
  };
}

const print: Print<Listing> = ({ documents, concepts, entities }, { bold }) => {
  if (documents.length === 0) return [];
  const [heading = '', ...rows] = table([
    ['DOCUMENT', 'TYPE', 'PAGES', 'FROM'],
    ...documents.map(({ name, type, pages, path, file }) => [
      name,
      type ?? '',
      pages === undefined ? '' : String(pages),
      path ?? file ?? '',
    ]),
  ]);
  const counts = [
    count(documents.length, 'document'),
    count(concepts.length, 'concept'),
    count(entities.length, 'entity', 'entities'),
  ];
  return [bold(heading), ...rows, '', counts.join(', ')];
};

const printAll: Print<Listing> = (listing, style) => [
  ...print(listing, style),
  ...section(style.bold('concepts'), listing.concepts),
  ...section(style.bold('entities'), listing.entities),
  ...section(style.bold('explorations'), listing.explorations),
];

const section = (heading: string, names: readonly string[]) =>
  names.length === 0 ? [] : ['', heading, ...names.map((name) => `  ${name}`)];
