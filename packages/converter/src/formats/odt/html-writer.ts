/** The text of an OpenDocument file as HTML, written as the elements of `content.xml` come. */
import { escapeHtml } from '../../html-to-markdown/escape-html.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/parse-xml.ts';
import type { TextStyles } from './styles.ts';

export interface WriterSources {
  readonly styles: TextStyles;
  /** The address of a picture in the archive, when it is taken along. */
  takePicture(path: string): string | undefined;
  /** MathML of an embedded formula. */
  formula(path: string): string | undefined;
}

/** What is not part of the text: changes that were undone, indexes that repeat headings, forms, scripts. */
const SKIPPED = new Set(
  (
    'tracked-changes table-of-content alphabetical-index illustration-index table-index user-index ' +
    'forms scripts font-face-decls automatic-styles ruby-text sequence-decls variable-decls user-field-decls ' +
    'creator date date-string meta creator-initials'
  ).split(' '),
);
const SPACES = 100;

interface Frame {
  readonly end: string;
}

export class HtmlWriter implements XmlHandler {
  readonly #sources: WriterSources;
  readonly #ends: Frame[] = [];
  readonly #notes: string[] = [];
  /** Texts that are written aside: notes and the descriptions of pictures. */
  readonly #aside: string[] = [];
  readonly #lists: (string | undefined)[] = [];
  #html = '';
  #skipped = 0;
  #started = false;
  #picture: { src: string; alt: string } | undefined;
  #alt = false;
  #citation = false;

  constructor(sources: WriterSources) {
    this.#sources = sources;
  }

  get html(): string {
    const items = this.#notes.map(
      (note, index) =>
        `<li id="note-${index + 1}">${note}<p><a href="#note-ref-${index + 1}">↑</a></p></li>`,
    );
    return this.#html + (items.length === 0 ? '' : `<ol>${items.join('')}</ol>`);
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.#skipped > 0 || SKIPPED.has(name)) {
      this.#skipped += 1;
      return;
    }
    if (name === 'text' && !this.#started) this.#started = true;
    this.#ends.push({ end: this.#started ? this.#start(name, attributes) : '' });
  }

  text(text: string): void {
    if (this.#skipped > 0 || !this.#started || this.#citation) return;
    if (this.#alt) {
      if (this.#picture) this.#picture.alt += text;
    } else this.#write(escapeHtml(text.replace(/[\t\n\r ]+/g, ' ')));
  }

  close(name: string): void {
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    this.#write(this.#ends.pop()?.end ?? '');
    if (name === 'list') this.#lists.pop();
    else if (name === 'note-body' || name === 'annotation') this.#endNote();
    else if (name === 'note-citation') this.#citation = false;
    else if (name === 'title' || name === 'desc') this.#alt = false;
    else if (name === 'frame') this.#endPicture();
  }

  #write(html: string): void {
    this.#html += html;
  }

  /** Writes the start of an element; gives its end. */
  #start(name: string, attributes: XmlAttributes): string {
    switch (name) {
      case 'h':
        return this.#heading(attributes);
      case 'p':
        return this.#paragraph(attributes['text:style-name']);
      case 'span':
        return this.#span(attributes['text:style-name']);
      case 'a':
        return this.#wrap(`<a href="${escapeHtml(attributes['xlink:href'] ?? '')}">`, '</a>');
      case 'bookmark':
      case 'bookmark-start':
        return this.#wrap(`<a id="${escapeHtml(attributes['text:name'] ?? '')}">`, '</a>');
      case 's':
        return this.#wrap(' '.repeat(Math.min(Number(attributes['text:c'] ?? 1) || 1, SPACES)), '');
      case 'tab':
        return this.#wrap(' ', '');
      case 'line-break':
        return this.#wrap('<br>', '');
      case 'list':
        return this.#list(attributes['text:style-name']);
      case 'list-item':
      case 'list-header':
        return this.#wrap('<li>', '</li>');
      case 'table':
        return this.#wrap('<table>', '</table>');
      case 'table-row':
        return this.#wrap('<tr>', '</tr>');
      case 'table-cell':
        return this.#cell(attributes);
      default:
        return this.#startObject(name, attributes);
    }
  }

  #startObject(name: string, attributes: XmlAttributes): string {
    const path = (attributes['xlink:href'] ?? '').replace(/^\.\//, '');
    if (name === 'frame') this.#picture = { src: '', alt: '' };
    else if (name === 'image' && this.#picture)
      this.#picture.src ||= this.#sources.takePicture(path) ?? '';
    else if (name === 'title' || name === 'desc') this.#alt = this.#picture !== undefined;
    else if (name === 'object') {
      const formula = this.#sources.formula(path);
      if (formula !== undefined) {
        this.#write(formula);
        this.#picture = undefined;
      }
    } else if (name === 'note-citation') this.#citation = true;
    else if (name === 'note-body' || name === 'annotation') this.#beginNote();
    return '';
  }

  #wrap(start: string, end: string): string {
    this.#write(start);
    return end;
  }

  #heading(attributes: XmlAttributes): string {
    const level = Math.min(6, Math.max(1, Number(attributes['text:outline-level'] ?? 1) || 1));
    return this.#wrap(`<h${level}>`, `</h${level}>`);
  }

  #paragraph(style: string | undefined): string {
    const names = this.#sources.styles.ancestry(style);
    if (names.includes('Title')) return this.#wrap('<h1>', '</h1>');
    if (names.includes('Quotations')) return this.#wrap('<blockquote><p>', '</p></blockquote>');
    if (names.includes('Preformatted Text')) return this.#wrap('<pre>', '\n</pre>');
    // a paragraph style that is bold all over says how it looks, and is no emphasis
    return this.#wrap('<p>', '</p>');
  }

  #span(style: string | undefined): string {
    const { bold, italic, struck, raised } = this.#sources.styles.marks(style);
    const tags = [
      ...(bold ? ['strong'] : []),
      ...(italic ? ['em'] : []),
      ...(struck ? ['del'] : []),
      ...(raised === undefined ? [] : [raised]),
    ];
    return this.#wrap(
      tags.map((tag) => `<${tag}>`).join(''),
      tags
        .toReversed()
        .map((tag) => `</${tag}>`)
        .join(''),
    );
  }

  /** A list within a list has the style of the one around it unless it names one. */
  #list(style: string | undefined): string {
    const name = style ?? this.#lists.at(-1);
    this.#lists.push(name);
    const tag = this.#sources.styles.isOrdered(name, this.#lists.length) ? 'ol' : 'ul';
    return this.#wrap(`<${tag}>`, `</${tag}>`);
  }

  #cell(attributes: XmlAttributes): string {
    const columns = Number(attributes['table:number-columns-spanned'] ?? 1) || 1;
    const rows = Number(attributes['table:number-rows-spanned'] ?? 1) || 1;
    return this.#wrap(`<td colspan="${columns}" rowspan="${rows}">`, '</td>');
  }

  #beginNote(): void {
    const number = this.#notes.push('');
    this.#write(`<sup><a href="#note-${number}" id="note-ref-${number}">[${number}]</a></sup>`);
    this.#aside.push(this.#html);
    this.#html = '';
  }

  #endNote(): void {
    const text = this.#html;
    this.#html = this.#aside.pop() ?? '';
    // notes do not nest: the innermost that is open is the last without a text
    const index = this.#notes.lastIndexOf('');
    if (index >= 0) this.#notes[index] = text || '<p></p>';
  }

  #endPicture(): void {
    const picture = this.#picture;
    this.#picture = undefined;
    if (picture === undefined || picture.src === '') return;
    const alt = picture.alt.replace(/\s+/g, ' ').trim();
    this.#write(`<img src="${picture.src}" alt="${escapeHtml(alt)}">`);
  }
}
