import { TextDecoder } from 'node:util';

/** The charset of a code page (`\ansicpg`) and of a font (`\fcharset`), by the names of the Encoding standard. */
const CODE_PAGES: Readonly<Record<number, string>> = {
  437: 'windows-1252',
  850: 'windows-1252',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  65001: 'utf-8',
};
const FONT_CHARSETS: Readonly<Record<number, string>> = {
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gb18030',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};

export function charsetOfCodePage(page: number): string {
  return CODE_PAGES[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252');
}

/** `undefined` for a font that has no charset of its own. */
export function charsetOfFont(charset: number): string | undefined {
  return FONT_CHARSETS[charset];
}

const decoders = new Map<string, TextDecoder>();

/** A streaming call with a closing one: one call alone is wrong for windows-1252 in Node 20. */
export function decodeBytes(bytes: readonly number[], charset: string): string {
  const decoder = decoders.get(charset) ?? new TextDecoder(charset);
  decoders.set(charset, decoder);
  return decoder.decode(Uint8Array.from(bytes), { stream: true }) + decoder.decode();
}
