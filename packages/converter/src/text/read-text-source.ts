import type { ConversionMessage, Source } from '../document.ts';
import { ConversionError } from '../error.ts';
import { decodeText } from './charset.ts';
import { withUnixLineEnds } from './line-ends.ts';

export interface TextOfSource {
  /** With `\n` line ends and without a byte order mark. */
  readonly text: string;
  readonly messages: readonly ConversionMessage[];
}

/** The source as text in whatever charset it is; `empty` when it has only white space. */
export async function readTextSource(source: Source): Promise<TextOfSource> {
  const decoded = await decodeText(source.bytes);
  const text = withUnixLineEnds(decoded.text);
  if (!/\S/.test(text))
    throw new ConversionError('empty', `"${source.name}" is empty: it has only white space.`);
  return { text, messages: decoded.exact ? [] : [undecodable(decoded.charset)] };
}

export function undecodable(charset: string): ConversionMessage {
  return {
    level: 'warning',
    code: 'undecodable-characters',
    text: `Some bytes are no characters in the charset ${charset} and are shown as "\uFFFD".`,
  };
}
