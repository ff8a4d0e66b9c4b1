import { CHARACTERS } from './characters.ts';
/** The text of an RTF file as HTML (Rich Text Format 1.9.1), in one pass over its tokens. */
import { charsetOfCodePage, decodeBytes } from './charsets.ts';
import { HtmlBuilder, type Mark, type ParagraphKind } from './html-builder.ts';
import {
  destinationOf,
  plainGroup,
  plainParagraph,
  type GroupState,
  type ParagraphState,
} from './state.ts';
import { RtfTables } from './tables.ts';
import { rtfTokens } from './tokens.ts';

export interface RtfText {
  readonly html: string;
  /** Fields of the information group: `title`, `author`, ... */
  readonly info: ReadonlyMap<string, string>;
}

const MAXIMUM_DEPTH = 1000;
/** What is no bullet before an item. */
const NUMBER = /^\s*\(?[0-9a-zA-Z]{1,4}[.)]/;
const LONGEST_INSTRUCTION = 10_000;

/** `takePicture` gives the address of a picture of these bytes, when it is taken along. Throws a `RangeError`. */
export function readRtf(
  bytes: Uint8Array,
  takePicture: (bytes: Uint8Array) => string | undefined,
): RtfText {
  const reader = new RtfReader(bytes, takePicture);
  return reader.read();
}

class RtfReader {
  readonly #bytes: Uint8Array;
  readonly #takePicture: (bytes: Uint8Array) => string | undefined;
  readonly #groups: GroupState[] = [];
  readonly #tables = new RtfTables();
  readonly #notes: HtmlBuilder[] = [];
  readonly #noteTexts: string[] = [];
  readonly #links: (string | undefined)[] = [];
  #builder = new HtmlBuilder();
  #group: GroupState = { ...plainGroup };
  #paragraph: ParagraphState = { ...plainParagraph };
  #charset = 'windows-1252';
  #pending: number[] = [];
  #skip = 0;
  #ignorable = false;
  #picture: string[] = [];
  #instruction = '';
  #listText = '';
  /** The paragraph's bullet or number, as old readers show it. */
  #marker: string | undefined;

  constructor(bytes: Uint8Array, takePicture: (bytes: Uint8Array) => string | undefined) {
    this.#bytes = bytes;
    this.#takePicture = takePicture;
  }

  read(): RtfText {
    for (const token of rtfTokens(this.#bytes)) {
      // the second byte of a character may be written as a letter
      if (token.kind !== 'byte' && token.kind !== 'text') this.#flushBytes();
      if (token.kind === 'open') this.#open();
      else if (token.kind === 'close') this.#close();
      else if (token.kind === 'word') this.#word(token.word, token.value);
      else if (token.kind === 'byte') this.#byte(token.byte);
      else if (token.kind === 'data') this.#data(token.start, token.end);
      else
        for (let at = token.start; at < token.end; at += 1) this.#byte(this.#bytes[at] as number);
    }
    this.#flushBytes();
    const html = this.#builder.finish(this.#kind());
    const notes = this.#noteTexts.map(
      (note, index) =>
        `<li id="note-${index + 1}">${note}<p><a href="#note-ref-${index + 1}">↑</a></p></li>`,
    );
    return {
      html: html + (notes.length > 0 ? `<ol>${notes.join('')}</ol>` : ''),
      info: this.#tables.info,
    };
  }

  #open(): void {
    if (this.#groups.length >= MAXIMUM_DEPTH)
      throw new RangeError('its groups are nested too deeply');
    this.#groups.push(this.#group);
    this.#group = { ...this.#group };
    this.#skip = 0;
    this.#ignorable = false;
  }

  #close(): void {
    const ended = this.#group;
    const outer = this.#groups.pop();
    if (outer === undefined) return;
    this.#group = outer;
    this.#skip = 0;
    if (ended.destination === outer.destination) return;
    if (ended.destination === 'picture') this.#endPicture();
    else if (ended.destination === 'note') this.#endNote();
    else if (ended.destination === 'instruction') this.#endInstruction();
    else if (ended.destination === 'field') this.#links.pop();
    else if (ended.destination === 'list-text') this.#endListText();
  }

  #word(word: string, value: number | undefined): void {
    if (word === '*') {
      this.#ignorable = true;
      return;
    }
    const destination = destinationOf(word);
    if (destination !== undefined || this.#ignorable) {
      this.#ignorable = false;
      if (this.#group.destination !== 'skip') this.#enter(destination ?? 'skip');
      return;
    }
    if (this.#group.destination === 'skip') return;
    if (word === 'u' && value !== undefined) this.#unicode(value);
    else if (word === 'uc') this.#group.skipAfterUnicode = Math.max(0, value ?? 1);
    else if (word === 'ansicpg') this.#charset = charsetOfCodePage(value ?? 1252);
    else if (word === 'mac') this.#charset = 'macintosh';
    else if (this.#group.destination === 'fonts') this.#tables.fontWord(this.#group, word, value);
    else if (this.#group.destination === 'styles') this.#tables.styleWord(word, value);
    else if (this.#group.destination === 'info') this.#group.info = word;
    else if (
      this.#group.destination === 'text' ||
      this.#group.destination === 'note' ||
      this.#group.destination === 'field'
    )
      this.#textWord(word, value);
    else this.#character(word);
  }

  #enter(destination: GroupState['destination']): void {
    // text within a note, a field's result or a picture's group stays what it is
    if (destination === 'text' && this.#group.destination === 'note') return;
    this.#group.destination = destination;
    if (destination === 'picture') this.#picture = [];
    else if (destination === 'note') this.#beginNote();
    else if (destination === 'instruction') this.#instruction = '';
    else if (destination === 'field') this.#links.push(this.#links.at(-1));
    else if (destination === 'list-text') this.#listText = '';
  }

  #textWord(word: string, value: number | undefined): void {
    const on = value !== 0;
    if (word === 'b') this.#group.bold = on;
    else if (word === 'i') this.#group.italic = on;
    else if (word === 'strike' || word === 'striked') this.#group.struck = on;
    else if (word === 'v') this.#group.hidden = on;
    else if (word === 'super') this.#group.raised = on ? 'sup' : '';
    else if (word === 'sub') this.#group.raised = on ? 'sub' : '';
    else if (word === 'nosupersub') this.#group.raised = '';
    else if (word === 'f') this.#group.font = value ?? 0;
    else if (word === 'plain')
      Object.assign(this.#group, {
        bold: false,
        italic: false,
        struck: false,
        hidden: false,
        raised: '',
      });
    else this.#paragraphWord(word, value);
  }

  #paragraphWord(word: string, value: number | undefined): void {
    const paragraph = this.#paragraph;
    if (word === 'par' || word === 'sect' || word === 'page') this.#endParagraph();
    else if (word === 'pard') this.#paragraph = { ...plainParagraph };
    else if (word === 'intbl') paragraph.inTable = true;
    else if (word === 'cell' || word === 'nestcell') this.#builder.endCell();
    else if (word === 'row') this.#builder.endRow();
    else if (word === 's') paragraph.style = value ?? 0;
    else if (word === 'outlinelevel') paragraph.outline = value;
    else if (word === 'ls') paragraph.list ??= 0;
    else if (word === 'ilvl') paragraph.list = Math.min(8, Math.max(0, value ?? 0));
    else if (word === 'line') this.#builder.insert('<br>');
    else this.#character(word);
  }

  #endParagraph(): void {
    this.#builder.endParagraph(this.#kind());
    this.#marker = undefined;
  }

  #character(word: string): void {
    const text = CHARACTERS.get(word);
    if (text !== undefined) this.#put(text);
  }

  #kind(): ParagraphKind {
    const { style, outline, inTable, list } = this.#paragraph;
    const level = list ?? (this.#marker === undefined ? undefined : 0);
    const own = outline !== undefined && outline >= 0 && outline < 6 ? outline + 1 : undefined;
    return {
      heading: own ?? this.#tables.headingOf(style),
      list: level === undefined ? undefined : { level, ordered: NUMBER.test(this.#marker ?? '') },
      inTable,
    };
  }

  /** A code of 16 bits, with a sign; the characters after it stand for it where it is not known. */
  #unicode(code: number): void {
    const unit = code < 0 ? code + 0x1_00_00 : code;
    if (unit > 0 && unit <= 0xff_ff) this.#put(String.fromCharCode(unit));
    this.#skip = this.#group.skipAfterUnicode;
  }

  #byte(byte: number): void {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    this.#pending.push(byte);
    if (this.#pending.length > 4096) this.#flushBytes();
  }

  #flushBytes(): void {
    if (this.#pending.length === 0) return;
    const bytes = this.#pending;
    this.#pending = [];
    if (this.#group.destination === 'skip') return;
    this.#put(decodeBytes(bytes, this.#tables.charsetOf(this.#group.font) ?? this.#charset));
  }

  #put(text: string): void {
    const { destination, info } = this.#group;
    if (destination === 'picture') this.#picture.push(text);
    else if (destination === 'instruction') {
      if (this.#instruction.length < LONGEST_INSTRUCTION) this.#instruction += text;
    } else if (destination === 'info' && info !== '') this.#tables.addInfo(info, text);
    else if (destination === 'styles') this.#tables.nameStyle(text);
    else if (destination === 'list-text') this.#listText += text;
    else if (
      (destination === 'text' || destination === 'note' || destination === 'field') &&
      !this.#group.hidden
    )
      this.#builder.write(text, this.#marks(), this.#links.at(-1));
  }

  #marks(): Mark[] {
    const { bold, italic, struck, raised } = this.#group;
    const isHeading = this.#kind().heading !== undefined;
    return [
      ...(bold && !isHeading ? (['strong'] as const) : []),
      ...(italic ? (['em'] as const) : []),
      ...(struck ? (['del'] as const) : []),
      ...(raised === '' ? [] : [raised]),
    ];
  }

  #data(start: number, end: number): void {
    if (this.#group.destination !== 'picture') return;
    const data = this.#bytes.subarray(start, end);
    this.#picture.push(Buffer.from(data.buffer, data.byteOffset, data.length).toString('hex'));
  }

  #endPicture(): void {
    const bytes = Buffer.from(this.#picture.join('').replace(/[^0-9a-fA-F]/g, ''), 'hex');
    this.#picture = [];
    const address = bytes.length > 0 ? this.#takePicture(bytes) : undefined;
    if (address !== undefined) this.#builder.insert(`<img src="${address}" alt="">`);
  }

  #beginNote(): void {
    const number = this.#noteTexts.push('');
    this.#builder.insert(
      `<sup><a href="#note-${number}" id="note-ref-${number}">[${number}]</a></sup>`,
    );
    this.#notes.push(this.#builder);
    this.#builder = new HtmlBuilder();
  }

  #endNote(): void {
    const outer = this.#notes.pop();
    if (outer === undefined) return;
    const text = this.#builder.finish({ heading: undefined, list: undefined, inTable: false });
    this.#noteTexts[this.#noteTexts.lastIndexOf('')] = text || '<p></p>';
    this.#builder = outer;
  }

  #endInstruction(): void {
    const address = /^\s*HYPERLINK\s+(?!\\)"?([^"\s]+)"?/i.exec(this.#instruction)?.[1];
    if (this.#links.length > 0 && address !== undefined && /^(?:https?|mailto|ftp):/i.test(address))
      this.#links[this.#links.length - 1] = address;
  }

  #endListText(): void {
    if (/\S/.test(this.#listText)) this.#marker = this.#listText;
  }
}
