/** Eight hex digits that depend on every UTF-16 unit of `text` (FNV-1a, 32 bits): to tell names apart, not to protect. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
