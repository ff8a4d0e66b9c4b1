/**
 * The parts of an Office Open XML package and the relationships between them (ECMA-376 part 2, 9). Strict files
 * have other addresses of namespaces and of types: names are compared without them.
 */
import { decodeXml } from '../xml/decode-xml.ts';
import type { ReadElements, XmlElement } from '../xml/read-xml.ts';

export interface Relationship {
  /** The last word of its type: `slide`, `image`, `hyperlink`. */
  readonly type: string;
  /** Path of a part in the package, or an address outside of it. */
  readonly target: string;
  readonly external: boolean;
}

export interface OfficePackage {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The root element of a part; `undefined` for a part that is missing. Throws when it is malformed. */
  root(path: string): XmlElement | undefined;
  /** The relationships of a part by their ids; none when their part is missing or malformed. */
  relationships(path: string): ReadonlyMap<string, Relationship>;
  /** Path of the package's main part. */
  readonly main: string | undefined;
}

export function openPackage(
  archive: ReadonlyMap<string, Uint8Array>,
  readElements: ReadElements,
): OfficePackage {
  const files = new Map([...archive].map(([path, bytes]) => [path.replace(/^\//, ''), bytes]));
  const root = (path: string): XmlElement | undefined => {
    const bytes = files.get(path);
    return bytes && readElements(decodeXml(bytes), () => true)[0];
  };
  const relationships = (path: string): ReadonlyMap<string, Relationship> => {
    const [directory, name] = split(path);
    const elements = tolerant(() => root(`${directory}_rels/${name}.rels`))?.children ?? [];
    return new Map(elements.flatMap((element) => relationship(element, directory)));
  };
  const main = [...relationships('').values()].find(({ type }) => type === 'officeDocument');
  return { files, root, relationships, main: main?.target };
}

function relationship(
  { attributes }: XmlElement,
  directory: string,
): (readonly [string, Relationship])[] {
  const { Id: id, Target: target, Type: type = '', TargetMode: mode } = attributes;
  if (id === undefined || target === undefined) return [];
  const external = mode === 'External';
  return [
    [
      id,
      {
        type: type.slice(type.lastIndexOf('/') + 1),
        target: external ? target : resolvePart(target, directory),
        external,
      },
    ],
  ];
}

/** The relationship that an element names by `r:id`, `r:embed` or the like. */
export function relationOf(
  { attributes }: XmlElement,
  name: string,
  relationships: ReadonlyMap<string, Relationship>,
): Relationship | undefined {
  for (const [key, value] of Object.entries(attributes))
    if (key.endsWith(`:${name}`) && relationships.has(value)) return relationships.get(value);
  return relationships.get(attributes[name] ?? '');
}

/** `../media/a.png` beside `ppt/slides/` as `ppt/media/a.png`; a path that leaves the package ends at its root. */
export function resolvePart(target: string, directory: string): string {
  const path = target.replaceAll('\\', '/').replace(/[#?].*$/s, '');
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : directory + path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** What a broken part would have said is not worth the document. */
export function tolerant<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function split(path: string): [directory: string, name: string] {
  const slash = path.lastIndexOf('/') + 1;
  return [path.slice(0, slash), path.slice(slash)];
}
