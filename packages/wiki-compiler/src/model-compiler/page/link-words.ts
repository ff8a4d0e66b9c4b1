/** What a page is called where it is linked. */

/** The title; that of an entity page without one is made of its file name, which has lost its capitals. */
export function shownTitle(path: string, title: string): string {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '');
  if (title !== stem.replace(/[-_]+/g, ' ').trim()) return title;
  const entity = path.startsWith('entities/');
  return title.replace(entity ? /(?<![\p{L}\p{N}])\p{Ll}/gu : /^\p{Ll}/u, (letter) =>
    letter.toUpperCase(),
  );
}

/** A concept's title within a sentence: lower case, unless its first word is written otherwise. */
export function titleInSentence(path: string, title: string): string {
  const ordinary = /^\p{Lu}[\p{Ll}\p{M}]*(?=[\s-]|$)/u.test(title);
  return path.startsWith('concepts/') && ordinary && !/[\s-]\p{Lu}/u.test(title)
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title;
}
