/** Where a document shows a picture, and what it says of it. */
import { pathKey } from '@openkb/wiki';

import type { SourcePage } from '../../knowledge-base/source-pages.ts';
import type { WikiReader } from '../wiki-reader.ts';
import { decodedAddress } from './decoded-address.ts';

export interface PicturePlace {
  /** As in `summaries/NAME.md`; absent where no document shows it. */
  readonly document?: string;
  /** 1-based, of a document that is stored page by page. */
  readonly page?: number;
  /** The text of the link, and a line after it that reads as a caption; may be empty. */
  readonly caption: string;
}

const LINK = /!\[([^\]\n]{0,2000})\]\(<?([^\s<>()]{1,1000})[^)\n]{0,500}\)/g;
/** "Figure 3", "Abb. 2", "图 1". */
const CAPTION = /^[*_\s]*(?:fig|abb|tab|chart|plate|diagram|plan|map|graf|рис|图|圖|図|그림)/i;
const MOST_CAPTION = 500;

/** @param path relative to `wiki/` */
export function picturePlace(reader: WikiReader, path: string): PicturePlace {
  const name = path.split('/').slice(2).join('/');
  const [document = ''] = name.split('/');
  for (const { page, text, pictures = [] } of textsOf(reader, document)) {
    const listed = pictures.some((one) => isLinkTo(name, one));
    const caption = captionIn(text, name) ?? (listed ? '' : undefined);
    if (caption === undefined) continue;
    return { document, ...(page !== undefined && { page }), caption };
  }
  return { ...(reader.resolve(`summaries/${document}`) && { document }), caption: '' };
}

function textsOf(reader: WikiReader, document: string): readonly Partial<SourcePage>[] {
  const pages = reader.sourcePages(document);
  if (pages !== undefined) return pages;
  return [{ text: reader.text(`sources/${document}.md`) ?? '' }];
}

const isLinkTo = (name: string, address: string) =>
  pathKey(decodedAddress(address)).endsWith(pathKey(`/${name}`));

/** `undefined` where the text does not show the picture. */
function captionIn(text = '', name: string): string | undefined {
  for (const link of text.matchAll(LINK)) {
    if (!isLinkTo(name, link[2] ?? '')) continue;
    const after = text.slice(link.index + link[0].length, link.index + link[0].length + 2000);
    const next = after.split('\n').find((line) => line.trim() !== '') ?? '';
    const said = [link[1] ?? '', CAPTION.test(next) ? next : ''];
    return said
      .map((part) => part.replace(/\s+/g, ' ').trim())
      .filter((part) => part !== '')
      .join('. ')
      .slice(0, MOST_CAPTION);
  }
  return undefined;
}
