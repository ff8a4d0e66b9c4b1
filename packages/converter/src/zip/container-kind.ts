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
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256)).toString(
    'latin1',
  );
  if (head.slice(30, 38) === 'mimetype') {
    const typed = MEDIA_TYPES.find(([type]) => head.startsWith(type, 38));
    if (typed !== undefined) return typed[1];
  }
  const names = entryNames(bytes).map((name) => name.replace(/^[\\/]/, '').replaceAll('\\', '/'));
  return MARKS.find(([mark]) => names.some((name) => mark.test(name)))?.[1];
}
