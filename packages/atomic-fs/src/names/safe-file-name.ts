/**
 * Names that every common file system stores as given: NTFS, exFAT, APFS, ext4, and what syncs
 * between them. Rules of Windows: learn.microsoft.com, "Naming Files, Paths, and Namespaces".
 */
import { isTemporaryName } from '../temporary-name.ts';
import { cutName } from './cut-name.ts';

/** Bytes of UTF-8 that a safe name has at most: 255 less room for suffixes. */
const MOST_BYTES = 200;
/** Control characters and halves of surrogate pairs are no text; the others mean something in paths. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Cs}]+/gu;
const AT_THE_ENDS = /^ +|[. ]+$/gu;
/** Devices of Windows, in any directory and with any extension; the superscript digits count too. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?= *(?:\.|$))/iu;

/**
 * Makes any text a file name that is safe everywhere: NFC; no `<>:"/\|?*` and control characters (a
 * run of them becomes one `_`); no spaces at its ends and no dots at its end; no device name of
 * Windows (`con.txt` becomes `con_.txt`); no temporary name of ours; at most 200 bytes of UTF-8, cut
 * between characters as people see them, the extension kept. Never empty (`_`), and a safe name
 * stays as it is. Different texts may become one name: see `findNameClash`.
 */
export function safeFileName(name: string): string {
  let safe = name;
  // one rule's mend may need another's: each shortens the name or ends a device name, so this ends
  for (let last; last !== safe;) {
    last = safe;
    safe = mend(last);
  }
  return safe;
}

function mend(name: string): string {
  const clean = name.normalize('NFC').replace(FORBIDDEN, '_').replace(AT_THE_ENDS, '');
  const free = clean.replace(DEVICE, '$1_');
  const own = isTemporaryName(free) ? `_${free}` : free;
  return cutName(own, MOST_BYTES) || '_';
}
