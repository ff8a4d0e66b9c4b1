/**
 * The pictures of the wiki, by the names that pages give them: `images/paper/p1_img1.png` on a stored text, the
 * same below `sources/` elsewhere. Like pages they are found in lists: no path is put together from what a model says.
 */
import { join } from 'node:path';

import { pathKey } from '@openkb/wiki';

import { wikiPath } from '../../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../../knowledge-base/open.ts';
import { placeOf } from '../../knowledge-base/place-of.ts';
import { decodedAddress } from './decoded-address.ts';

export interface PictureFiles {
  /** Whether there is one that a model can be shown. */
  readonly any: boolean;
  /** What a page names so, relative to `wiki/`; `undefined` where there is no such file. */
  resolve(named: string): string | undefined;
  /** @param path what `resolve` gave */
  size(path: string): number;
  bytes(path: string): Uint8Array | undefined;
}

const FOLDER = 'sources/images';
/** Folders of one document lie in each other hardly ever. */
const DEEPEST = 4;
const SHOWABLE = /\.(?:png|jpe?g|gif|webp)$/i;

export function pictureFiles({ files, fileSystem, root }: KnowledgeBase): PictureFiles {
  const names = (path: string) =>
    files.names(wikiPath(path)).filter((name) => !name.startsWith('.'));
  // a folder of the wiki may be a link to anywhere
  const isFile = (path: string) => placeOf(files, wikiPath(path)) === 'own';
  const hasOne = (path: string, depth: number): boolean =>
    names(path).some((name) =>
      SHOWABLE.test(name)
        ? isFile(`${path}/${name}`)
        : depth < DEEPEST && hasOne(`${path}/${name}`, depth + 1),
    );
  return {
    any: hasOne(FOLDER, 0),
    resolve(named) {
      const parts = partsBelow(named);
      if (parts === undefined || parts.length > DEEPEST) return undefined;
      let path = FOLDER;
      for (const part of parts) {
        const here = names(path);
        const name = here.includes(part)
          ? part
          : here.find((one) => pathKey(one) === pathKey(part));
        if (name === undefined) return undefined;
        path += `/${name}`;
      }
      return isFile(path) ? path : undefined;
    },
    size: (path) => fileSystem.stat(join(root, wikiPath(path)))?.size ?? 0,
    bytes: (path) => (isFile(path) ? files.bytes(wikiPath(path)) : undefined),
  };
}

/** What stands behind `images/` in a name, from whatever page it leads there, as a path or as a link. */
function partsBelow(named: string): readonly string[] | undefined {
  const address = /^!?\[[^\]]*\]\(<?([^\s<>()]+)/.exec(named)?.[1] ?? named.trim();
  const parts = decodedAddress(address.replace(/[?#].*$/, '')).split('/');
  const first = parts.findIndex((part) => !/^(?:\.{0,2}|wiki|sources)$/.test(part));
  return parts[first] === 'images' ? parts.slice(first + 1) : undefined;
}
