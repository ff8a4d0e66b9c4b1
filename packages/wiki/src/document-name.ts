/**
 * The `doc_name` of a source, from the stem of its file name: NFKC, every run of characters outside `[\w-]`
 * becomes `-`, trimmed, `document` when nothing is left.
 *
 * `\w` is that of Python's `re`, because the Python program must find the same name: letters, numbers and `_`,
 * but no combining marks.
 */
export function documentName(stem: string): string {
  const name = stem.normalize('NFKC').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  let start = 0;
  let end = name.length;
  while (name[start] === '-') start += 1;
  while (end > start && name[end - 1] === '-') end -= 1;
  return name.slice(start, end) || 'document';
}
