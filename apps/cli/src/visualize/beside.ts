import { posix } from 'node:path';

/** Larger pictures are linked, as are all others once so many characters of them are in the page. */
const [LARGEST, MOST] = [200_000, 8_000_000];

const LOCAL = /(!?)\[[^\]\n]*\]\(([^()\s]{1,1000})(?:\s+"[^"\n]*")?\)/g;

/** What a page's text links beside other pages: files of the wiki, by the address in the text. */
export interface Beside {
  /** Where a file lies, seen from the page of the graph. */
  readonly files: Readonly<Record<string, string>>;
  /** Number of a picture that is in the page of the graph itself. */
  readonly pictures: Readonly<Record<string, number>>;
}

export interface WikiFilesOfGraph {
  /** Whether there is such a file below `wiki/`. */
  has(path: string): boolean;
  bytes(path: string): Uint8Array | undefined;
}

/** Collects the pictures of all pages, each once; hands out what is beside the text of one. */
export function besideReader(wiki: WikiFilesOfGraph) {
  const pictures: string[] = [];
  const numbers = new Map<string, number | undefined>();
  let room = MOST;
  const numberOf = (path: string): number | undefined => {
    if (!numbers.has(path)) {
      const data = dataOf(path, wiki);
      const fits = data !== undefined && data.length <= Math.min(room, LARGEST);
      if (fits) room -= data.length;
      numbers.set(path, fits ? pictures.push(data) - 1 : undefined);
    }
    return numbers.get(path);
  };
  return {
    pictures,
    of(page: string, text: string): Beside {
      const files = new Map<string, string>();
      const shown = new Map<string, number>();
      for (const [, bang, address = ''] of text.matchAll(LOCAL)) {
        const path = pathOf(page, address);
        if (path === undefined || !wiki.has(path)) continue;
        const number = bang === '' ? undefined : numberOf(path);
        if (number === undefined) files.set(address, addressOf(`wiki/${path}`));
        else shown.set(address, number);
      }
      return { files: Object.fromEntries(files), pictures: Object.fromEntries(shown) };
    },
  };
}

/** A path from the root of the knowledge base as a link in `output/`. */
export const addressOf = (path: string): string =>
  `../${path.split('/').map(encodeURIComponent).join('/')}`;

/** What an address in the text of a page means below `wiki/`; undefined when it leads elsewhere. */
function pathOf(page: string, address: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|[#/\\])/i.test(address)) return undefined;
  const path = posix.join(posix.dirname(page), decoded(address.split(/[?#]/)[0] ?? ''));
  return path.startsWith('..') || path.includes('\0') || path.includes('\\') ? undefined : path;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function dataOf(path: string, wiki: WikiFilesOfGraph): string | undefined {
  if (!/\.(?:png|jpe?g|gif|webp)$/i.test(path)) return undefined;
  const bytes = wiki.bytes(path);
  const type = bytes && typeOf(bytes);
  return type && `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** By the first bytes: what only claims to be a picture is linked as a file. */
function typeOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\u0089PNG\r\n')) return 'image/png';
  if (start.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg';
  if (start.startsWith('GIF8')) return 'image/gif';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'image/webp' : undefined;
}
