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
const ENTRY = 128;
const HEADER = 512;
/** Kinds of an entry: a storage, a stream, the root. */
const STORAGE = 1;
const STREAM = 2;
const ROOT = 5;

/** Looks for entries of the directory wherever they may stand: its sectors are strewn over the file. */
export function compoundKind(bytes: Uint8Array): CompoundKind {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Set<CompoundKind>();
  for (let at = HEADER; at + ENTRY <= data.length; at += ENTRY) {
    const length = data.readUInt16LE(at + 64);
    const type = data[at + 66];
    const isEntry = length >= 4 && length <= 64 && length % 2 === 0 && (data[at + 67] ?? 2) < 2;
    if (!isEntry || (type !== STORAGE && type !== STREAM && type !== ROOT)) continue;
    const name = data.toString('utf16le', at, at + length - 2);
    for (const [stream, kind] of STREAMS)
      if (kind === 'msg' ? name.startsWith(stream) : name === stream) found.add(kind);
  }
  return STREAMS.find(([, kind]) => found.has(kind))?.[1] ?? 'compound-file';
}
