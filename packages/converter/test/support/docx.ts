import { zipSync } from 'fflate';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const M = 'http://schemas.openxmlformats.org/officeDocument/2006/math';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export interface DocxOptions {
  /** Content of `w:body`. */
  readonly body: string;
  /** Further relationships of the document, as elements. */
  readonly relationships?: string;
  /** Further parts by path. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
  /** Elements of the core properties: `<dc:title>..</dc:title>`. */
  readonly core?: string;
}

/** A Word document of these parts with heading, title and list styles. */
export function writeDocx(options: DocxOptions): Uint8Array {
  const { body, relationships = '', parts = {}, core } = options;
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${R}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="styles" Type="${R}/styles" Target="styles.xml"/><Relationship Id="numbering" Type="${R}/numbering" Target="numbering.xml"/>${relationships}</Relationships>`,
    'word/styles.xml': `<w:styles xmlns:w="${W}">${['Title', 'heading 1', 'heading 2']
      .map(
        (name) =>
          `<w:style w:type="paragraph" w:styleId="${name.replace(' ', '')}"><w:name w:val="${name}"/></w:style>`,
      )
      .join('')}</w:styles>`,
    'word/numbering.xml': `<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${W}" xmlns:r="${R}" xmlns:m="${M}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`,
    ...parts,
  };
  if (core !== undefined)
    files['docProps/core.xml'] =
      `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${core}</cp:coreProperties>`;
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, data]) => [
        path,
        typeof data === 'string' ? Buffer.from(data) : data,
      ]),
    ),
  );
}

export function paragraph(text: string, { style = '', list = -1 } = {}): string {
  const properties =
    (style && `<w:pStyle w:val="${style}"/>`) +
    (list < 0 ? '' : `<w:numPr><w:ilvl w:val="${list}"/><w:numId w:val="1"/></w:numPr>`);
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export function table(rows: readonly (readonly string[])[]): string {
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map((content) => `<w:tc>${content}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;
}

/** A drawing that shows the relationship's picture; `link` for one outside of the document. */
export function drawing(relationship: string, { alt = '', link = false } = {}): string {
  const blip = link ? `r:link="${relationship}"` : `r:embed="${relationship}"`;
  return `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="${alt}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip ${blip}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
}

export function imageRelationship(id: string, target: string, mode = ''): string {
  return `<Relationship Id="${id}" Type="${R}/image" Target="${target}" ${mode && `TargetMode="${mode}"`}/>`;
}

export function bookmark(name: string): string {
  return `<w:bookmarkStart w:id="9" w:name="${name}"/><w:bookmarkEnd w:id="9"/>`;
}

export function internalLink(name: string, text: string): string {
  return `<w:hyperlink w:anchor="${name}"><w:r><w:t>${text}</w:t></w:r></w:hyperlink>`;
}

export function noteCall(kind: 'footnote' | 'endnote' | 'comment', id: number): string {
  return `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;
}

/** Parts with notes, whose numbers begin at 2 as Word's do, and comments of these initials, which begin at 0. */
export function notes(texts: {
  readonly footnotes?: readonly string[];
  readonly endnotes?: readonly string[];
  readonly comments?: readonly (readonly [initials: string, text: string])[];
}): Pick<DocxOptions, 'parts' | 'relationships'> {
  const { footnotes = [], endnotes = [], comments = [] } = texts;
  return {
    relationships: ['footnotes', 'endnotes', 'comments']
      .map((name) => `<Relationship Id="${name}" Type="${R}/${name}" Target="${name}.xml"/>`)
      .join(''),
    parts: {
      'word/footnotes.xml': notesPart(
        'footnotes',
        footnotes.map((text, index) => noteOf('footnote', text, index)),
      ),
      'word/endnotes.xml': notesPart(
        'endnotes',
        endnotes.map((text, index) => noteOf('endnote', text, index)),
      ),
      'word/comments.xml': notesPart(
        'comments',
        comments.map(
          ([initials, text], index) =>
            `<w:comment w:id="${index}" w:initials="${initials}">${paragraph(text)}</w:comment>`,
        ),
      ),
    },
  };
}

function notesPart(name: string, items: readonly string[]): string {
  return `<w:${name} xmlns:w="${W}">${items.join('')}</w:${name}>`;
}

function noteOf(kind: string, text: string, index: number): string {
  return `<w:${kind} w:id="${index + 2}">${paragraph(text)}</w:${kind}>`;
}
