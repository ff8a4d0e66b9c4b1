/** What a UTF-16 unit is to words: asked of the properties of Unicode once, then told by a table. */

/** A letter or a mark of a script that puts spaces between words. */
export const LETTER = 1;
export const NUMBER = 2;
/** No letter, mark or number; but what may stand inside a word, as in `self-attention`, `it's`, `4.5`, `c++`, `c#`. */
export const JOINER = 3;
/** None of these: spaces, and all that a word ends with. */
export const SPACE = 4;
/** A letter or mark of a script without spaces, or Korean; half of a character beyond 16 bits. */
export const OTHER = 5;

/** Scripts that put no spaces between words, as a class of a regular expression. */
export const SPACELESS = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;

let table: Uint8Array | undefined;
let others: RegExp | undefined;

/** The kinds by code unit; 0 for one that was not asked for yet. */
export const kindTable = (): Uint8Array => (table ??= new Uint8Array(1 << 16));

/** The kind of a code unit; the table has it from then on. */
export function kindOf(unit: number): number {
  const kinds = kindTable();
  return (kinds[unit] ||= findKind(String.fromCharCode(unit)));
}

function findKind(unit: string): number {
  if (/[-'.+#]/.test(unit)) return JOINER;
  others ??= new RegExp(String.raw`[${SPACELESS}\p{sc=Hangul}\uD800-\uDFFF]`, 'v');
  if (others.test(unit)) return OTHER;
  if (/[\p{L}\p{M}]/u.test(unit)) return LETTER;
  return /\p{N}/u.test(unit) ? NUMBER : SPACE;
}
