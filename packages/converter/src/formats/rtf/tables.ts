import { charsetOfFont } from './charsets.ts';
import type { GroupState } from './state.ts';

/** What stands before the text: fonts, styles, and what the file says about itself. */
export class RtfTables {
  /** Fields of the information group: `title`, `author`, ... */
  readonly info = new Map<string, string>();
  readonly #fonts = new Map<number, string>();
  /** Style number to heading level. */
  readonly #headings = new Map<number, number>();
  #styleNumber = 0;
  #styleName = '';

  /** The charset of a font that has one of its own. */
  charsetOf(font: number): string | undefined {
    return this.#fonts.get(font);
  }

  headingOf(style: number): number | undefined {
    return this.#headings.get(style);
  }

  fontWord(group: GroupState, word: string, value: number | undefined): void {
    if (word === 'f') group.font = value ?? 0;
    const charset = word === 'fcharset' ? charsetOfFont(value ?? 0) : undefined;
    if (charset !== undefined) this.#fonts.set(group.font, charset);
  }

  styleWord(word: string, value: number | undefined): void {
    if (word === 's') [this.#styleNumber, this.#styleName] = [value ?? 0, ''];
    else if (word === 'outlinelevel' && value !== undefined && value < 6)
      this.#headings.set(this.#styleNumber, value + 1);
  }

  /** A piece of the name of the style whose words have been read. */
  nameStyle(text: string): void {
    this.#styleName += text;
    const level = /^\s*heading ([1-6])\b/i.exec(this.#styleName)?.[1];
    if (level !== undefined) this.#headings.set(this.#styleNumber, Number(level));
    else if (/^\s*title;/i.test(this.#styleName)) this.#headings.set(this.#styleNumber, 1);
  }

  addInfo(field: string, text: string): void {
    this.info.set(field, (this.info.get(field) ?? '') + text);
  }
}
