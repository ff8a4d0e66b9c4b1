/** Endings of the names of sources that a converter reads, in lower case with the dot. */
export const supportedExtensions: readonly string[] = [
  '.md',
  '.markdown',
  '.txt',
  '.text',
  '.html',
  '.htm',
  '.xhtml',
  '.mhtml',
  '.mht',
  '.docx',
  '.docm',
  '.odt',
  '.rtf',
  '.pdf',
  '.epub',
  '.pptx',
  '.pptm',
  '.xlsx',
  '.xlsm',
  '.xlsb',
  '.xls',
  '.ods',
  '.csv',
  '.tsv',
  '.json',
  '.jsonl',
  '.ndjson',
  '.xml',
  '.ipynb',
];

/** Whether a name's ending is one that a converter reads. The content has the last word. */
export function isSupported(name: string): boolean {
  return supportedExtensions.includes(extensionOf(name));
}

/** The ending in lower case with its dot; `''` for a name without one, or that is only one (`.profile`). */
export function extensionOf(name: string): string {
  return /[^./\\](\.[^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
