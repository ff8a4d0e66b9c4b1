import { isOneEditApart } from './edit-distance.ts';
import { entryCount, entryText, type Segment, wordOfEntry } from './segment.ts';

const TAB = 0x09;

/**
 * Numbers of the entries of a language whose word is one edit from another. There are very many words: the bytes of
 * each are compared where they lie, and only those that may be near are read as text.
 */
export function* nearEntries(segment: Segment, word: string, language: string): Generator<number> {
  const isNear = nearTest(segment, Buffer.from(word), word.length);
  for (let entry = 0; entry < entryCount(segment); entry += 1) {
    if (!isNear(entry)) continue;
    const found = wordOfEntry(entryText(segment, entry));
    if (found.language === language && isOneEditApart(word, found.word)) yield entry;
  }
}

/**
 * Whether the word of an entry, the last part of its text, has all bytes of the wanted one but those of two characters
 * at its beginning and its end: what is one edit apart has.
 */
function nearTest(segment: Segment, wanted: Buffer, length: number): (entry: number) => boolean {
  const { entries, entryStarts } = segment;
  const least = wanted.length - 2 * (wanted.length === length ? 1 : 4);
  return (entry) => {
    const end = entryStarts[entry + 1] ?? 0;
    let start = end;
    let suffix = 0;
    while (entries[start - 1] !== TAB) {
      if (end - start === suffix && entries[start - 1] === wanted[wanted.length - 1 - suffix])
        suffix += 1;
      start -= 1;
    }
    let prefix = 0;
    while (prefix < wanted.length && entries[start + prefix] === wanted[prefix]) prefix += 1;
    return prefix + suffix >= least;
  };
}
