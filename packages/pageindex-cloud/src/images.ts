/**
 * Images of a page. Their form is not documented: base64 text, a `data:` URI, or an object that
 * holds either under one of several names is read; the first bytes say what kind of image it is.
 */
import type { CloudImage } from './types.ts';

const CONTENT = [
  'base64',
  'image_base64',
  'imageBase64',
  'b64_json',
  'data',
  'content',
  'image',
  'url',
  'src',
] as const;
const NAMES = ['id', 'name', 'file_name', 'path'] as const;

const mediaTypeOf = (bytes: Uint8Array): CloudImage['mediaType'] | undefined => {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'image/webp';
  return undefined;
};

/** Characters of base64; a larger one is no picture of a page. */
const MOST_TEXT = 40_000_000;

const decode = (text: string): Uint8Array =>
  new Uint8Array(Buffer.from(text.replace(/^data:[^,]{0,200},/, ''), 'base64'));

const textOf = (
  members: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string | undefined =>
  names.map((name) => members[name]).find((value) => typeof value === 'string' && value !== '') as
    | string
    | undefined;

/** One element of `images`, or a `data:` URI of a page's text; `undefined` where it is no image. */
export const readImage = (element: unknown): CloudImage | undefined => {
  const members =
    typeof element === 'object' && element !== null ? (element as Record<string, unknown>) : {};
  const content = typeof element === 'string' ? element : textOf(members, CONTENT);
  if (content === undefined || content.length > MOST_TEXT) return undefined;
  const bytes = decode(content);
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === undefined) return undefined;
  const name = textOf(members, NAMES);
  return name === undefined ? { bytes, mediaType } : { bytes, mediaType, name };
};
