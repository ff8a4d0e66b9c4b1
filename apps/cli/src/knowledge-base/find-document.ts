import { CliError } from '../errors.ts';
import { nameOf, type Registry, type RegistryEntry } from './registry.ts';

/** A registered document. */
export interface RegisteredDocument {
  readonly sha256: string;
  readonly entry: RegistryEntry;
  /** `doc_name`. */
  readonly name: string;
}

/** Hexadecimal digits from which a hash is meant rather than a name. */
const LEAST_DIGITS = 6;
const MOST_SUGGESTIONS = 5;

/**
 * The document that a person means: by its name, its file name, its path, or the first digits of its
 * hash; exactly first, then whatever the case, and else by a part of its name or file name that no other
 * document has, as in the Python program.
 *
 * @throws {CliError} `unknown-document` with names that are near, `ambiguous-document` with the first that fit
 */
export function findDocument(registry: Registry, given: string): RegisteredDocument {
  const documents = [...registry].map(([sha256, entry]) => ({
    sha256,
    entry,
    name: nameOf(entry),
  }));
  const wanted = withoutPlace(given.normalize('NFKC'));
  const digits = new RegExp(`^[0-9a-f]{${LEAST_DIGITS},}$`).test(wanted);
  const ways: readonly ((document: RegisteredDocument) => boolean)[] = [
    ({ name }) => name === wanted,
    ({ entry }) => [entry.name?.normalize('NFKC'), entry.path, entry.raw_path].includes(given),
    ({ entry }) => entry.name?.normalize('NFKC') === wanted,
    ({ sha256 }) => digits && sha256.startsWith(wanted),
    ({ name, entry }) => [fold(name), fold(entry.name ?? '')].includes(fold(wanted)),
    ({ name, entry }) =>
      wanted !== '' && [name, entry.name ?? ''].some((whole) => fold(whole).includes(fold(wanted))),
  ];
  for (const fits of ways) {
    const found = documents.filter(fits);
    if (found.length > 1) throw ambiguous(given, found);
    if (found[0]) return found[0];
  }
  throw unknown(given, documents);
}

const fold = (name: string) => name.normalize('NFKC').toLowerCase();

/** A document is also meant by its summary page, as completion of a path in a shell gives it. */
const withoutPlace = (given: string) =>
  given.replace(/^(?:\.\/)?(?:wiki\/)?summaries\//, '').replace(/^\[\[(.*)\]\]$/, '$1');

/**
 * The entry of a document that was found before, in the registry as it is now.
 *
 * @throws {CliError} `unknown-document` where it was removed meanwhile, `conflict` where its content is another one
 */
export function stillRegistered(
  registry: Registry,
  { sha256, name }: RegisteredDocument,
): RegistryEntry {
  const entry = registry.get(sha256);
  if (entry !== undefined) return entry;
  if ([...registry.values()].some((other) => nameOf(other) === name))
    throw new CliError(
      'conflict',
      `"${name}" has changed meanwhile: another command has added it again`,
      { hint: 'Nothing was changed. Run the command again.' },
    );
  throw new CliError('unknown-document', `"${name}" was removed by another command`);
}

function ambiguous(given: string, found: readonly RegisteredDocument[]): CliError {
  const names = found.slice(0, MOST_SUGGESTIONS).map(({ name }) => `"${name}"`);
  const rest = found.length - names.length;
  const others = rest === 0 ? '' : ` or ${rest} other${rest === 1 ? '' : 's'}`;
  return new CliError('ambiguous-document', `"${given}" may mean ${names.join(', ')}${others}`, {
    hint: "Name one of them as 'openkb list' shows it.",
  });
}

function unknown(given: string, documents: readonly RegisteredDocument[]): CliError {
  const part = fold(withoutPlace(given)).replace(/\.\w+$/, '');
  const near = documents
    .filter(({ name }) => part !== '' && (fold(name).includes(part) || part.includes(fold(name))))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => `"${name}"`);
  return new CliError('unknown-document', `there is no document "${given}"`, {
    hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : "See 'openkb list'.",
  });
}
