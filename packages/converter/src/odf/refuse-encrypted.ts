import { ConversionError } from '../error.ts';

/** Refuses an OpenDocument file with a password: its manifest says so, and its parts are noise. */
export function refuseEncrypted(name: string, files: ReadonlyMap<string, Uint8Array>): void {
  const manifest = files.get('META-INF/manifest.xml');
  if (manifest === undefined || !Buffer.from(manifest).includes('encryption-data')) return;
  throw new ConversionError(
    'password-needed',
    `"${name}" is password-protected: save it without a password.`,
  );
}
