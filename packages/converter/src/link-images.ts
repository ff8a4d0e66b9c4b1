/** Scheme of the links by which a document's Markdown names its pictures. */
export const IMAGE_SCHEME = 'openkb-image:';

// names are made by the image store of letters, digits, `.`, `_`, `-` alone
const IMAGE_LINK = /(\]\(<?|\]: ?<?|src=["']?)openkb-image:([\p{L}\p{M}\p{N}._-]+)/gu;

/**
 * Replaces each `openkb-image:NAME` by `directory/NAME`. What Markdown does not take in a link
 * (spaces, brackets, `%`, `<`, control characters) is percent-encoded in the directory; letters of other
 * scripts stay readable.
 */
export function linkImages(markdown: string, directory: string): string {
  const prefix = directory === '' ? '' : `${escapeForLink(directory.replace(/\/+$/, ''))}/`;
  return markdown.replace(
    IMAGE_LINK,
    (_link, before: string, name: string) => before + prefix + name,
  );
}

function escapeForLink(path: string): string {
  return path.replace(/[\s\p{Cc}"%<>()[\]\\^`{|}?#*~]/gu, (char) =>
    char > '\u007F'
      ? encodeURIComponent(char)
      : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
