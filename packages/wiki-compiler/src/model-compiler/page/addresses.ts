/** Addresses in Markdown: which a page may link are those that its material holds. */
/** `[words](address "title")`. */
export const LINK = /\[([^[\]\n]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?[^()\n]*\)/g;
/** An address by itself, which most readers of Markdown show as a link. */
export const BARE = /<?((?:https?|ftp|file|data|javascript|vbscript|mailto):[^\s<>()[\]"'`|]+)>?/gi;

/** As text that nothing shows as a link. */
export function withoutSchemes(address: string): string {
  return address.replace(/(?:https?|ftp|file|data|javascript|vbscript|mailto):(?:\/\/)?/gi, '');
}

/** Without what ends a sentence. */
export function bareAddress(address: string): string {
  return address.replace(/[.,;:!?]+$/, '');
}

/** What may go on an address; after anything else it has ended. A full stop or comma may end a sentence. */
const GOES_ON = /^(?:[\p{L}\p{N}_%=&?#~+@:-]|[/.,;!][\p{L}\p{N}_%=&?#~+-])/u;

/** Whether a text, of whatever form, holds an address as a whole, with or without a slash at its end. */
export function holdsAddress(text: string, address: string): boolean {
  const bare = address.replace(/\/$/, '');
  if (bare === '') return false;
  for (let at = text.indexOf(bare); at >= 0; at = text.indexOf(bare, at + bare.length))
    if (!GOES_ON.test(text.slice(at + bare.length, at + bare.length + 3))) return true;
  return false;
}
