/**
 * Words broken at a line's end. Whether the hyphen belongs to the word cannot be seen there: the form
 * that the document uses elsewhere decides, and without one the hyphen is taken to be the typesetter's.
 */
export class HyphenJoiner {
  readonly #counts = new Map<string, number>();

  /** Counts the words of the document's lines. */
  constructor(texts: Iterable<string>) {
    for (const text of texts)
      for (const word of text
        .toLowerCase()
        .match(/\p{L}[\p{L}\p{M}]*(?:[-‐]\p{L}[\p{L}\p{M}]*)*/gu) ?? [])
        this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
  }

  /** Joins `head`, whose hyphen is cut off, with the line that goes on with its word. */
  join(head: string, tail: string): string {
    return `${head}${this.#keepsHyphen(head, tail) ? '-' : ''}${tail}`;
  }

  #keepsHyphen(head: string, tail: string): boolean {
    const first = /[\p{L}\p{M}-]+$/u.exec(head)?.[0].toLowerCase();
    const second = /^[\p{L}\p{M}]+/u.exec(tail)?.[0];
    if (first === undefined || second === undefined) return true;
    // "Anglo-|American"; a capital after a hyphen is no typesetter's
    if (/^\p{Lu}/u.test(second) && !/^\p{Lu}+$/u.test(head.slice(-first.length))) return true;
    const lower = second.toLowerCase();
    const whole = this.#counts.get(`${first}${lower}`) ?? 0;
    const hyphened = this.#counts.get(`${first}-${lower}`) ?? 0;
    return hyphened > whole;
  }
}
