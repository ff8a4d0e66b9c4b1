import { escapeHtml, htmlList, type ListItem } from '../../html-to-markdown/escape-html.ts';

export interface ParagraphKind {
  /** 1 to 6 for a heading. */
  readonly heading: number | undefined;
  readonly list: { readonly level: number; readonly ordered: boolean } | undefined;
  readonly inTable: boolean;
}

/** Marks around a piece of text, outermost first. */
export type Mark = 'strong' | 'em' | 'del' | 'sup' | 'sub';

/** HTML of paragraphs, lists and rows as they come. Rows that follow each other are one table. */
export class HtmlBuilder {
  #html = '';
  #items: ListItem[] = [];
  #rows: string[][] = [];
  #cells: string[] = [];
  #paragraphs: string[] = [];
  #line = '';
  #marks: readonly Mark[] = [];
  #text = '';
  #link: string | undefined;

  /** Words with these marks; what has the same marks as before goes on with it. */
  write(text: string, marks: readonly Mark[], link: string | undefined): void {
    if (link !== this.#link || marks.join() !== this.#marks.join()) this.#flush();
    [this.#marks, this.#link] = [marks, link];
    this.#text += text;
  }

  /** HTML that is no text: a picture, a note's mark, a line break. */
  insert(html: string): void {
    this.#flush();
    this.#line += html;
  }

  endParagraph({ heading, list, inTable }: ParagraphKind): void {
    this.#flush();
    const line = this.#line;
    this.#line = '';
    if (inTable) {
      if (/\S/.test(line)) this.#paragraphs.push(line);
      return;
    }
    this.#endTable();
    if (!/\S/.test(line)) return;
    if (list !== undefined && heading === undefined) {
      this.#items.push({ ...list, html: line });
      return;
    }
    this.#endList();
    this.#html += heading === undefined ? `<p>${line}</p>` : `<h${heading}>${line}</h${heading}>`;
  }

  endCell(): void {
    this.#flush();
    this.#cells.push([...this.#paragraphs, this.#line].filter((line) => line !== '').join('<br>'));
    this.#paragraphs = [];
    this.#line = '';
  }

  endRow(): void {
    if (this.#cells.length > 0) this.#rows.push(this.#cells);
    this.#cells = [];
  }

  /** All of it; the builder is done with then. */
  finish(kind: ParagraphKind): string {
    this.endParagraph({ ...kind, inTable: false });
    this.endRow();
    this.#endTable();
    this.#endList();
    return this.#html;
  }

  #flush(): void {
    if (this.#text === '') return;
    let html = escapeHtml(this.#text);
    if (/\S/.test(this.#text)) {
      for (const mark of this.#marks.toReversed()) html = `<${mark}>${html}</${mark}>`;
      if (this.#link !== undefined) html = `<a href="${escapeHtml(this.#link)}">${html}</a>`;
    }
    this.#line += html;
    this.#text = '';
  }

  #endList(): void {
    this.#html += htmlList(this.#items);
    this.#items = [];
  }

  #endTable(): void {
    if (this.#rows.length === 0) return;
    this.#endList();
    const rows = this.#rows.map(
      (cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    );
    this.#html += `<table>${rows.join('')}</table>`;
    this.#rows = [];
  }
}
