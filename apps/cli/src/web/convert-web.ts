import type { ConvertedDocument, ConvertOptions } from '@openkb/converter';
import type { Download } from '@openkb/download';

import type { Services } from '../services.ts';
import { nameByTitle, nameFile } from './name-file.ts';
import { toUtf8 } from './to-utf8.ts';

export interface WebDocument {
  readonly document: ConvertedDocument;
  /** File name with the ending that fits the bytes; of a web page, after its title. */
  readonly fileName: string;
  readonly isPage: boolean;
}

/**
 * Converts what was downloaded; of a web page its main content.
 *
 * @throws {ConversionError}
 * @throws {CliError} `web-page-instead`
 */
export async function convertWeb(
  services: Services,
  { download, bytes }: { readonly download: Download; readonly bytes: Uint8Array },
  options: Pick<ConvertOptions, 'signal' | 'password'>,
): Promise<WebDocument> {
  const { name, isPage, isText } = nameFile(download, bytes, await services.extensions());
  const page = isPage ? { mainContent: true, url: download.finalUrl } : {};
  const readable = isText ? toUtf8(bytes, download.charset) : bytes;
  const converted = await services.convert({ name, bytes: readable }, { ...options, ...page });
  const odd = download.messages.map(
    ({ code, text }) => ({ level: 'warning', code, text }) as const,
  );
  const { metadata } = converted;
  const said = [metadata.url, download.canonicalUrl].find((one) => isHttp(one));
  const url = said ?? download.finalUrl;
  return {
    document: {
      ...converted,
      metadata: { ...metadata, url },
      messages: [...converted.messages, ...odd],
    },
    fileName: isPage ? nameByTitle(converted.title, name) : name,
    isPage,
  };
}

/** A page may call anything its address. */
const isHttp = (url: string | undefined): boolean =>
  url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
