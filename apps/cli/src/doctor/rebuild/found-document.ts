import { extname } from 'node:path';

import { documentName, readFrontMatter } from '@openkb/wiki';

import type { Files } from '../../knowledge-base/files.ts';
import { sourceTextPath, wikiPath } from '../../knowledge-base/layout.ts';
import type { RegistryEntry } from '../../knowledge-base/registry.ts';

/**
 * The entry of a document whose original lies in `raw/`, from its pages; `undefined` where no page is of it. Where the
 * source came from is known of web pages only: the others came from their original.
 *
 * @param isFree whether no other document has the name
 */
export function entryOfOriginal(
  files: Files,
  file: string,
  isFree: (name: string) => boolean,
): RegistryEntry | undefined {
  const ending = extname(file);
  const stem = stemOf(file);
  const name = [stem, documentName(stem)].find((one) => isFree(one) && hasPages(files, one));
  if (name === undefined) return undefined;
  const raw = `raw/${file}`;
  const [md, json] = [sourceTextPath(name, 'md'), sourceTextPath(name, 'json')];
  const isLong = files.has(json);
  const type = ending.slice(1);
  const text = isLong ? json : md;
  const pages = isLong ? pagesOf(files, json) : undefined;
  return {
    name: file,
    doc_name: name,
    type: isLong && type.toLowerCase() === 'pdf' ? 'long_pdf' : type,
    path: addressOf(files, md) ?? raw,
    raw_path: raw,
    ...(files.has(text) && { source_path: text }),
    ...(pages !== undefined && { pages }),
  };
}

/** Only a PDF is stored page by page: of two files of one name, that is how the document's is told. */
export function fitsItsText(files: Files, file: string): boolean {
  const ending = extname(file);
  const isLong = files.has(sourceTextPath(documentName(stemOf(file)), 'json'));
  return isLong === (ending.toLowerCase() === '.pdf');
}

const stemOf = (file: string): string =>
  file.slice(0, file.length - extname(file).length).normalize('NFKC');

/** Whether there is a summary or a stored text of the document. */
export function hasPages(files: Files, name: string): boolean {
  return [
    wikiPath(`summaries/${name}.md`),
    sourceTextPath(name, 'md'),
    sourceTextPath(name, 'json'),
  ].some((path) => files.has(path));
}

/** The address of a web page, as its stored text has it. */
function addressOf(files: Files, text: string): string | undefined {
  const { resource } = readFrontMatter(decoded(files, text));
  return typeof resource === 'string' && /^https?:\/\//.test(resource) ? resource : undefined;
}

function pagesOf(files: Files, text: string): number | undefined {
  try {
    const pages: unknown = JSON.parse(decoded(files, text));
    return Array.isArray(pages) ? pages.length : undefined;
  } catch {
    return undefined;
  }
}

const decoded = (files: Files, path: string): string =>
  files.has(path) ? new TextDecoder().decode(files.bytes(path)) : '';
