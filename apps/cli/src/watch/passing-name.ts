/**
 * Whether a name is one that programs give to files that will not stay: lock and owner files of office
 * programs, swap and backup files of editors, downloads under way, partial copies. Such a file is passed
 * over without a word; what it becomes under its own name is another file.
 */
export function isPassingName(name: string): boolean {
  return BEGINNING.test(name) || ENDING.test(name);
}

/** Hidden files, among them `.~lock.x#` and `.x.swp`; `~$x.docx`, `~WRD0001.docx`, `#x#`, `~syncthing~x`. */
const BEGINNING = /^(?:\.|~\$|~WR[A-Z]\d|#|~syncthing~)/i;

const ENDING =
  /(?:~|#|\.(?:tmp|temp|part|partial|filepart|crdownload|download|opdownload|!ut|aria2|sw[a-p]x?|bak|lock|kate-swp))$/i;
