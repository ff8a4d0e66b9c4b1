/**
 * Equal for names that some common file system takes for one: those of macOS and Windows do not tell
 * `Foo` from `foo`, and some not a letter with an accent from the letter followed by it.
 *
 * Canonical caseless matching (The Unicode Standard, 3.13, D145) with full case folding, so that
 * `Straße` and `STRASSE` match, then NFC. Two names with different keys may still be one on a disk
 * that was formatted with a newer Unicode version than this JavaScript engine has.
 */
export function nameKey(name: string): string {
  return Array.from(name.normalize('NFD'), fold).join('').normalize('NFC');
}

/**
 * JavaScript has no case folding; by way of both cases it comes out the same for each code point,
 * except that the dotless i folds to itself. Code point by code point, as Unicode's folding has no
 * context: in a word, a final sigma would stay one.
 */
function fold(character: string): string {
  if (character === 'ı') return character;
  return character.toLowerCase().toUpperCase().toLowerCase();
}
