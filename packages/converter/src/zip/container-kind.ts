import { constants, inflateRawSync } from 'node:zlib';

import { entryNames } from './entry-names.ts';

/** Documents that are ZIP archives. */
export type ContainerKind = 'docx' | 'pptx' | 'xlsx' | 'xlsb' | 'epub' | 'odt' | 'ods';

/** Names that only one kind has, in the order in which they are looked for. */
const MARKS: readonly (readonly [RegExp, ContainerKind])[] = [
  [/^word\/document/, 'docx'],
  [/^ppt\/presentation/, 'pptx'],
  [/^xl\/workbook\.bin$/, 'xlsb'],
  [/^xl\/workbook/, 'xlsx'],
  [/^META-INF\/container\.xml$/, 'epub'],
];
const MEDIA_TYPES: readonly (readonly [string, ContainerKind])[] = [
  ['application/epub+zip', 'epub'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
];

/** What kind of document an archive is: by the media type that EPUB and OpenDocument put first, else by names. */
export function containerKind(bytes: Uint8Array): ContainerKind | undefined {
  const type = mediaType(bytes);
  const typed = MEDIA_TYPES.find(([name]) => type.startsWith(name));
  if (typed !== undefined) return typed[1];
  const names = entryNames(bytes).map((name) => name.replace(/^[\\/]/, '').replaceAll('\\', '/'));
  return MARKS.find(([mark]) => names.some((name) => mark.test(name)))?.[1];
}

const LOCAL_HEADER = 30;
const LONGEST_TYPE = 128;

/** The content of a first entry called `mimetype`. It should not be compressed, and sometimes is. */
function mediaType(bytes: Uint8Array): string {
  const start = LOCAL_HEADER + 'mimetype'.length;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, start + 512));
  if (head.length < start || head.toString('latin1', LOCAL_HEADER, start) !== 'mimetype') return '';
  const content = head.subarray(start + head.readUInt16LE(28));
  if (head.readUInt16LE(8) === 0) return content.toString('latin1', 0, LONGEST_TYPE);
  try {
    const options = { maxOutputLength: 4096, finishFlush: constants.Z_SYNC_FLUSH };
    return inflateRawSync(content, options).toString('latin1', 0, LONGEST_TYPE);
  } catch {
    return '';
  }
}
