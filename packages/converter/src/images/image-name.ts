const MAXIMUM_STEM = 60;
const RESERVED_ON_WINDOWS = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A file name that every file system and a Markdown link take as it is: letters, digits, `_`, `-`
 * and inner dots of the suggestion, with the ending that fits the bytes.
 */
export function safeImageName(suggestion: string, extension: string): string {
  const base = suggestion.slice(
    Math.max(suggestion.lastIndexOf('/'), suggestion.lastIndexOf('\\')) + 1,
  );
  const stem = base
    .normalize('NFC')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .replace(/\.{2,}/g, '.')
    .slice(0, MAXIMUM_STEM)
    .replace(/[\uD800-\uDBFF]$|[.-]+$/g, '');
  const usable =
    stem === '' || RESERVED_ON_WINDOWS.test(stem) ? `image${stem && '-'}${stem}` : stem;
  return usable + extension;
}

/** `pic.png`, `pic-2.png`, ... : the first that is free, without regard to case. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name;
  const dot = name.lastIndexOf('.');
  const [stem, extension] = [name.slice(0, dot), name.slice(dot)];
  for (let count = 2; ; count += 1) {
    const next = `${stem}-${count}${extension}`;
    if (!taken.has(next.toLowerCase())) return next;
  }
}
