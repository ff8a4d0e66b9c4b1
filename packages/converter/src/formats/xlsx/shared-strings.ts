import { decodeXml } from '../../xml/decode-xml.ts';
import { parseXml } from '../../xml/parse-xml.ts';

/** The texts that cells name by number (ECMA-376 part 1, 18.4). How a text is spoken (`rPh`) is no part of it. */
export async function readSharedStrings(
  bytes: Uint8Array | undefined,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const strings: string[] = [];
  if (bytes === undefined) return strings;
  let text = '';
  let inText = false;
  let phonetic = 0;
  await parseXml(
    decodeXml(bytes),
    {
      open(name) {
        if (name === 'si') text = '';
        else if (name === 'rPh') phonetic += 1;
        else if (name === 't') inText = phonetic === 0;
      },
      text(piece) {
        if (inText) text += piece;
      },
      close(name) {
        if (name === 'si') strings.push(unescaped(text));
        else if (name === 'rPh') phonetic -= 1;
        else if (name === 't') inText = false;
      },
    },
    { signal },
  );
  return strings;
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 part 1, 22.4.2.4). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}
