/** Documents in Microsoft's compound files (MS-CFB), which hold streams under UTF-16 names. */
export type CompoundKind = 'encrypted-office' | 'xls' | 'doc' | 'ppt' | 'msg' | 'compound-file';

const STREAMS: readonly (readonly [string, CompoundKind])[] = [
  ['EncryptedPackage', 'encrypted-office'],
  ['WordDocument', 'doc'],
  ['PowerPoint Document', 'ppt'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['__substg1.0_', 'msg'],
];
const DIRECTORY_ENTRY = 128;
const SECTOR_SHIFT_AT = 30;

/** Reads the names at the places where a directory's entries may begin, in every sector. */
export function compoundKind(bytes: Uint8Array): CompoundKind {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isKnown = data.length > SECTOR_SHIFT_AT + 2 && data.readUInt16LE(SECTOR_SHIFT_AT) <= 12;
  if (!isKnown) return 'compound-file';
  const found = new Set<CompoundKind>();
  const root = data.indexOf(Buffer.from('Root Entry\0', 'utf16le'));
  if (root < 0) return 'compound-file';
  for (
    let at = root % DIRECTORY_ENTRY;
    at + DIRECTORY_ENTRY <= data.length;
    at += DIRECTORY_ENTRY
  ) {
    const length = data.readUInt16LE(at + 64);
    if (length < 2 || length > 64) continue;
    const name = data.toString('utf16le', at, at + length - 2);
    for (const [stream, kind] of STREAMS)
      if (kind === 'msg' ? name.startsWith(stream) : name === stream) found.add(kind);
  }
  return STREAMS.find(([, kind]) => found.has(kind))?.[1] ?? 'compound-file';
}
