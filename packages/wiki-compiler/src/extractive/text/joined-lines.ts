/** Lines joined into a paragraph in time that grows with their length: only the end is looked at again. */

/** Characters kept of the end: 40 letters, which may be pairs, and a hyphen. */
const END = 81;
/** A paragraph shorter than this is not taken for one that a page end broke. */
const SHORT = 60;

export class JoinedLines {
  #pieces: string[] = [];
  #length = 0;
  #end = '';
  readonly #hyphenatedWords: ReadonlySet<string>;

  /** `hyphenatedWords`: lower-case words that keep their hyphen when a line ends with it. */
  constructor(hyphenatedWords: ReadonlySet<string>) {
    this.#hyphenatedWords = hyphenatedWords;
  }

  get text(): string {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join('')];
    return this.#pieces[0] ?? '';
  }

  append(line: string): void {
    if (this.#pieces.length === 0) {
      this.#add(line);
      return;
    }
    const tail = /(\p{L}{1,40})-$/u.exec(this.#end)?.[1];
    const head = /^(\p{Ll}{1,40})/u.exec(line)?.[1];
    if (tail === undefined || head === undefined) {
      this.#add(` ${line}`);
      return;
    }
    if (!this.#hyphenatedWords.has(`${tail}-${head}`.toLowerCase())) this.#dropHyphen();
    this.#add(line);
  }

  /** Whether it is long and ends as no sentence does. */
  isOpen(): boolean {
    return this.#length > SHORT && /[\p{Ll},-]$/u.test(this.#end);
  }

  #add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    this.#end = (this.#end + piece.slice(-END)).slice(-END);
  }

  #dropHyphen(): void {
    const last = this.#pieces.pop() ?? '';
    this.#pieces.push(last.slice(0, -1));
    this.#length -= 1;
    this.#end = this.#end.slice(0, -1);
  }
}
