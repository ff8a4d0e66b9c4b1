const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LONGEST_COMMENT = 0xffff;
const MOST_NAMES = 2000;

/**
 * The first names of the directory at the end of a ZIP archive (APPNOTE 4.3.12), without unpacking anything.
 * An archive that is cut off has none; the names in front of its entries are used then.
 */
export function entryNames(bytes: Uint8Array): string[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(data);
  const names = end < 0 ? [] : namesFrom(data, data.readUInt32LE(end + 16), ENTRY, ENTRY_LENGTH);
  return names.length > 0 ? names : localNames(data);
}

function endOfDirectory(data: Buffer): number {
  const lowest = Math.max(0, data.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = data.length - END_LENGTH; at >= lowest; at -= 1)
    if (data.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  return -1;
}

function namesFrom(data: Buffer, start: number, signature: number, length: number): string[] {
  const names: string[] = [];
  for (let at = start; names.length < MOST_NAMES && at + length <= data.length;) {
    if (data.readUInt32LE(at) !== signature) break;
    const name = data.readUInt16LE(at + 28);
    names.push(data.toString('utf8', at + length, at + length + name));
    at += length + name + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return names;
}

/** Names before the entries' contents (APPNOTE 4.3.7), found by their signature. */
function localNames(data: Buffer): string[] {
  const names: string[] = [];
  for (let at = data.indexOf('PK\x03\x04', 0, 'latin1'); at >= 0 && at + 30 <= data.length;) {
    const length = data.readUInt16LE(at + 26);
    names.push(data.toString('utf8', at + 30, at + 30 + Math.min(length, 256)));
    if (names.length >= MOST_NAMES) break;
    at = data.indexOf('PK\x03\x04', at + 4, 'latin1');
  }
  return names;
}
