import { ConversionError } from '../../error.ts';

/** Refuses a book whose chapters are encrypted. Fonts may be: readers know how to undo that, and text has none. */
export function refuseProtected(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  chapters: readonly string[],
): void {
  const list = files.get('META-INF/encryption.xml');
  if (list === undefined) return;
  const text = Buffer.from(list).toString('utf8');
  const encrypted = new Set(
    [...text.matchAll(/CipherReference\s[^>]*URI="([^"]*)"/g)].map(([, uri = '']) => uri),
  );
  if (!chapters.some((path) => encrypted.has(path) || encrypted.has(encodeURI(path)))) return;
  throw new ConversionError(
    'password-needed',
    `"${name}" is protected against copying (DRM): its text is encrypted. Get it without protection.`,
  );
}
