import { zipSync } from 'fflate';

/** An archive of these files, in their order. */
export function writeZip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, data]) => [
        path,
        typeof data === 'string' ? Buffer.from(data) : data,
      ]),
    ),
  );
}
