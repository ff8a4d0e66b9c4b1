import type { Source } from '../document.ts';
import type { ImageStore } from './image-store.ts';

const SCHEME = /^[a-z][a-z0-9+.-]*:|^\/\//i;
const DATA_URI = /^data:([a-z0-9.+/-]*)((?:;[^,;]*)*),/i;

/**
 * Takes a picture that an address names into the store: a file beside the source or a `data:` address.
 * `undefined` for what stays a link: the web's pictures, absolute paths, files that the caller does not give
 * out. `null` for bytes that are left out: too small, or no picture.
 */
export function takeImage(
  address: string,
  { source, store, keepTiny }: { source: Source; store: ImageStore; keepTiny: boolean },
): string | null | undefined {
  const data = DATA_URI.exec(address);
  if (data !== null) {
    const bytes = decodeData(address.slice(data[0].length), /;base64$/i.test(data[2] ?? ''));
    return store.add(bytes, { suggestion: 'image', keepTiny }) ?? null;
  }
  const path = relativePath(address);
  const bytes = path === undefined ? undefined : source.readAsset?.(path);
  if (path === undefined || bytes === undefined) return undefined;
  return store.add(bytes, { suggestion: path, keepTiny }) ?? null;
}

function decodeData(body: string, base64: boolean): Uint8Array {
  return base64 ? Buffer.from(percentDecoded(body), 'base64') : Buffer.from(percentDecoded(body));
}

/** Posix path below or beside the source; `undefined` for an address that is none. */
function relativePath(address: string): string | undefined {
  if (SCHEME.test(address) || address.startsWith('/') || address.startsWith('#')) return undefined;
  const path = percentDecoded(address.replace(/[?#].*$/s, '')).replaceAll('\\', '/');
  return path === '' || path.startsWith('/') || path.includes('\0')
    ? undefined
    : path.replace(/^(?:\.\/)+/, '');
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
