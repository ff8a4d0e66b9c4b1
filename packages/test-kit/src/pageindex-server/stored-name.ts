/** The name under which the service stores an upload, by its naming rules. */
import { createHash } from 'node:crypto';

/** UTF-8 bytes of a name. */
const MOST_BYTES = 180;
/** How many files may have one name. */
const MOST_NUMBER = 99;

const split = (name: string): readonly [stem: string, ending: string] => {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
};

/** NFKC, plain quotes and spaces, no reserved characters, and cut with a hash where it is too long. */
const plain = (wanted: string): string => {
  const name = wanted
    .normalize('NFKC')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201C\u201D]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '_');
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const [stem, ending] = split(name);
  const hash = `_${createHash('md5').update(name).digest('hex').slice(0, 8)}${ending}`;
  let kept = '';
  for (const char of stem)
    if (Buffer.byteLength(kept + char + hash) <= MOST_BYTES) kept += char;
    else break;
  return kept + hash;
};

/**
 * `_1` to `_99` go before the ending where the name is taken.
 * @returns `undefined` where all of these are taken too
 */
export const storedName = (wanted: string, taken: ReadonlySet<string>): string | undefined => {
  const first = plain(wanted);
  if (!taken.has(first)) return first;
  const [stem, ending] = split(first);
  for (let i = 1; i <= MOST_NUMBER; i += 1) {
    const name = `${stem}_${i}${ending}`;
    if (!taken.has(name)) return name;
  }
  return undefined;
};
