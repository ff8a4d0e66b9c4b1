import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';

import { ConversionError, convert, linkImages } from '../src/index.ts';

/** Markdown of a file, with its pictures as links into `images/`. */
export async function run(path: string): Promise<string> {
  const directory = dirname(resolve(path));
  try {
    const document = await convert({
      name: basename(path),
      bytes: existsSync(path) ? readFileSync(path) : new Uint8Array(),
      readAsset(relative) {
        const asset = resolve(directory, relative);
        return asset.startsWith(directory + sep) && existsSync(asset)
          ? readFileSync(asset)
          : undefined;
      },
    });
    for (const { text } of document.messages) console.warn(text);
    return linkImages(document.markdown, 'images');
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    console.error(error.message);
    return '';
  }
}
