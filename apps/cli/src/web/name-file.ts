import { extname } from 'node:path';

import { safeFileName } from '@openkb/atomic-fs';
import type { Download } from '@openkb/download';

import { CliError } from '../errors.ts';
import { type KindOfBytes, kindOfBytes } from './kind-of-bytes.ts';

/** A download as a file: what it is by its bytes, under a name with the ending that says so. */
export interface NamedFile {
  readonly name: string;
  /** A web page, of which the main content is wanted. */
  readonly isPage: boolean;
  /** A page or another text. */
  readonly isText: boolean;
}

const PAGE = ['.html', '.htm', '.xhtml', '.mhtml', '.mht'];
/** Endings of programs that make web pages. */
const PROGRAM = /\.(?:php\d?|aspx?|jspx?|do|cgi|cfm|shtml|action)$/i;
/** Formats that nobody mistakes a web page for. */
const BINARY = /^\.(?:pdf|docx|docm|odt|rtf|epub|pptx|pptm|xlsx|xlsm|xlsb|xls|ods|zip)$/i;

/** For content whose name has no ending that is known. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/epub+zip': '.epub',
  'application/json': '.json',
  'application/rtf': '.rtf',
  'application/vnd.ms-excel': '.xls',
  'application/vnd.oasis.opendocument.spreadsheet': '.ods',
  'application/vnd.oasis.opendocument.text': '.odt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': '.pptx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/x-ipynb+json': '.ipynb',
  'application/xhtml+xml': '.html',
  'application/xml': '.xml',
  'multipart/related': '.mhtml',
  'text/csv': '.csv',
  'text/html': '.html',
  'text/markdown': '.md',
  'text/rtf': '.rtf',
  'text/tab-separated-values': '.tsv',
  'text/x-markdown': '.md',
  'text/xml': '.xml',
};

/**
 * @param extensions endings that a converter reads
 * @throws {CliError} `web-page-instead`: a page came where the name promises another format
 */
export function nameFile(
  { fileName, mediaType = '', url }: Download,
  bytes: Uint8Array,
  extensions: readonly string[],
): NamedFile {
  const kind = kindOfBytes(bytes);
  const ending = extname(fileName);
  if (kind === 'page' && BINARY.test(ending)) throw pageInstead(url, ending, bytes);
  const isKnown = extensions.includes(ending.toLowerCase());
  const wanted = endingFor(kind, isKnown ? ending : '', mediaType);
  const isPage = kind === 'page' || (kind === 'text' && PAGE.slice(0, 3).includes(wanted));
  const isText = kind === 'page' || kind === 'text';
  if (isKnown && wanted === ending) return { name: safeFileName(fileName), isPage, isText };
  const stem = isKnown ? fileName.slice(0, -ending.length) : fileName.replace(PROGRAM, '');
  return { name: safeFileName(stem + wanted), isPage, isText };
}

/** @param ending the name's own where it is known */
function endingFor(kind: KindOfBytes, ending: string, mediaType: string): string {
  if (kind === 'pdf') return ending.toLowerCase() === '.pdf' ? ending : '.pdf';
  if (kind === 'page') return PAGE.includes(ending.toLowerCase()) ? ending : '.html';
  if (ending !== '') return ending;
  return ENDINGS[mediaType] ?? (kind === 'text' ? '.txt' : '');
}

function pageInstead(url: string, ending: string, bytes: Uint8Array): CliError {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(65_536, bytes.length));
  const title = /<title[^<>]{0,200}>([^<]{0,300})/i.exec(head.toString('utf8'))?.[1] ?? '';
  const words = title.replace(/\s+/g, ' ').trim().slice(0, 100);
  const named = words === '' ? '' : ` ("${words}")`;
  const wanted = ending.slice(1).toUpperCase();
  return new CliError(
    'web-page-instead',
    `"${url}" gave a web page${named} in place of a ${wanted} file`,
    { hint: 'It may want a login or a click: open it in a browser, save the file, and add that.' },
  );
}

/** UTF-16 units of a title in a file's name. */
const MOST_TITLE = 80;

/** The name of a page after its title: people know a page by that, and not by the end of its address. */
export function nameByTitle(title: string, name: string): string {
  // what no file's name may hold parts words
  const words = title.replace(/[\s<>:"/\\|?*\p{Cc}]+/gu, ' ').trim();
  if (words === '') return name;
  const cut = words.length <= MOST_TITLE ? words : words.slice(0, MOST_TITLE).replace(/\s\S*$/, '');
  return safeFileName(cut + extname(name));
}
