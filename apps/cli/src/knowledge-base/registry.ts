/**
 * The registry, `.openkb/hashes.json`: SHA-256 of a source's bytes -> what is known of it. The file
 * has the bytes that the Python program would write: two spaces of indent, ASCII only, entries in
 * the order in which they came; entries and keys unknown to us are kept.
 */
import { extname } from 'node:path';

import { CliError } from '../errors.ts';
import { registryPath } from './layout.ts';

export interface RegistryEntry {
  /** Original file name. */
  readonly name?: string;
  readonly doc_name?: string;
  /** Extension without the dot, `long_pdf`, or `pageindex_cloud`. */
  readonly type?: string;
  /** Where the source lay: posix, relative to the knowledge base when inside it, else absolute. */
  readonly path?: string;
  readonly raw_path?: string;
  readonly source_path?: string;
  /** SHA-256 of the stored text as it was written: by it a person's edit is told. */
  readonly text_sha256?: unknown;
  readonly pages?: number;
  /** Pages that could not be made when it was compiled; `recompile` makes them. */
  readonly partial?: readonly unknown[];
  readonly [key: string]: unknown;
}

/** By SHA-256, in the order of the file. */
export type Registry = ReadonlyMap<string, RegistryEntry>;

/** What is text where it is there. */
const TEXTS = ['name', 'doc_name', 'type', 'path', 'raw_path', 'source_path'] as const;

/**
 * Reads the file's text; no file is an empty registry.
 *
 * @throws {CliError} `registry-damaged`
 */
export function decodeRegistry(text: string | undefined): Registry {
  if (text === undefined) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged('it is no JSON, or was cut off', cause);
  }
  if (!isRecord(value)) throw damaged('it holds no JSON object');
  for (const [key, entry] of Object.entries(value)) {
    if (!isRecord(entry)) throw damaged(`its entry "${key}" is no object`);
    const odd = TEXTS.find((name) => typeof (entry[name] ?? '') !== 'string');
    if (odd !== undefined) throw damaged(`"${odd}" of its entry "${key}" is no text`);
  }
  return new Map(Object.entries(value as Record<string, RegistryEntry>));
}

export function encodeRegistry(registry: Registry): Uint8Array {
  const json = JSON.stringify(Object.fromEntries(registry), null, 2);
  const ascii = json.replace(
    /[\u007F-\uFFFF]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new TextEncoder().encode(ascii);
}

/** The registry without the document of this hash. */
export function unregister(registry: Registry, sha256: string): Registry {
  return new Map([...registry].filter(([key]) => key !== sha256));
}

/** The name of a registered document; older entries have none and go by their file name. */
export function nameOf({ doc_name: docName, name: given }: RegistryEntry): string {
  const name = given ?? '';
  return docName ?? name.slice(0, name.length - extname(name).length).normalize('NFKC');
}

/** The registry with this entry: in the place of the one it replaces, else at its end. */
export function register(
  registry: Registry,
  [sha256, entry]: readonly [string, RegistryEntry],
  replaced?: string,
): Registry {
  const before = [...registry].filter(([key]) => key !== sha256 || key === replaced);
  if (replaced === undefined || !registry.has(replaced))
    return new Map([...before, [sha256, entry]]);
  return new Map(before.map((pair) => (pair[0] === replaced ? [sha256, entry] : pair)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function damaged(why: string, cause?: unknown): CliError {
  return new CliError('registry-damaged', `cannot read the registry "${registryPath}": ${why}`, {
    hint: `Run 'openkb doctor --rebuild-registry', which makes it again from the documents; or put a backup of it in its place.`,
    cause,
  });
}
