/** FNV-1a over UTF-16 code units, 32 bits: to tell texts apart, not to protect. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
