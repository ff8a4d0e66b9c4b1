import { writeZip } from './zip.ts';

export const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly external?: boolean;
}

export function relationships(relations: readonly Relation[]): string {
  const elements = relations.map(
    ({ id, type, target, external = false }) =>
      `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${elements.join('')}</Relationships>`;
}

type Parts = Readonly<Record<string, string | Uint8Array>>;

/** An Office package whose main part is at `main`. */
export function writeOffice(main: string, parts: Parts, core = ''): Uint8Array {
  return writeZip({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"/>`,
    '_rels/.rels': relationships([{ id: 'rId1', type: 'officeDocument', target: main }]),
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${core}</cp:coreProperties>`,
    ...parts,
  });
}

const PRESENTATION =
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

export interface SlideParts {
  /** Content of the slide's shape tree. */
  readonly shapes: string;
  readonly relations?: readonly Relation[];
  /** Paragraphs of the notes. */
  readonly notes?: string;
  readonly attributes?: string;
}

/** A presentation; its layout has a title, and a body whose paragraphs are bulleted by the master. */
export function writePptx(slides: readonly SlideParts[], parts: Parts = {}, core = ''): Uint8Array {
  const files: Record<string, string | Uint8Array> = {
    'ppt/presentation.xml': `<p:presentation ${PRESENTATION}><p:sldIdLst>${slides
      .map((_slide, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`)
      .join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(
      slides.map((_slide, index) => ({
        id: `rId${index + 1}`,
        type: 'slide',
        target: `slides/slide${index + 1}.xml`,
      })),
    ),
    'ppt/slideLayouts/slideLayout1.xml': `<p:sldLayout ${PRESENTATION}><p:cSld><p:spTree>${shape({ type: 'title', box: [0, 0, 900, 100] })}${shape({ type: 'body', index: 1, box: [0, 200, 900, 400] })}</p:spTree></p:cSld></p:sldLayout>`,
    'ppt/slideLayouts/_rels/slideLayout1.xml.rels': relationships([
      { id: 'rId1', type: 'slideMaster', target: '../slideMasters/slideMaster1.xml' },
    ]),
    'ppt/slideMasters/slideMaster1.xml': `<p:sldMaster ${PRESENTATION}><p:cSld><p:spTree/></p:cSld><p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buChar char="•"/></a:lvl2pPr></p:bodyStyle></p:txStyles></p:sldMaster>`,
    ...parts,
  };
  for (const [index, { shapes, relations = [], notes, attributes = '' }] of slides.entries()) {
    const number = index + 1;
    files[`ppt/slides/slide${number}.xml`] =
      `<p:sld ${PRESENTATION} ${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;
    files[`ppt/slides/_rels/slide${number}.xml.rels`] = relationships([
      { id: 'layout', type: 'slideLayout', target: '../slideLayouts/slideLayout1.xml' },
      ...(notes === undefined
        ? []
        : [{ id: 'notes', type: 'notesSlide', target: `../notesSlides/notes${number}.xml` }]),
      ...relations,
    ]);
    if (notes !== undefined)
      files[`ppt/notesSlides/notes${number}.xml`] =
        `<p:notes ${PRESENTATION}><p:cSld><p:spTree>${shape({ type: 'sldNum', text: textParagraph('9') })}${shape({ type: 'body', text: notes })}</p:spTree></p:cSld></p:notes>`;
  }
  return writeOffice('ppt/presentation.xml', files, core);
}

interface ShapeParts {
  /** Of its placeholder; none for a text box. */
  readonly type?: string;
  readonly index?: number;
  readonly box?: readonly [x: number, y: number, width: number, height: number];
  /** Paragraphs. */
  readonly text?: string;
}

export function shape({ type, index, box, text = '' }: ShapeParts): string {
  const placeholder =
    type === undefined
      ? ''
      : `<p:ph type="${type}"${index === undefined ? '' : ` idx="${index}"`}/>`;
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="s"/><p:cNvSpPr/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:spPr>${box ? frame(box, 'a') : ''}</p:spPr><p:txBody><a:bodyPr/>${text}</p:txBody></p:sp>`;
}

export function frame(
  [x, y, width, height]: readonly [number, number, number, number],
  prefix: string,
): string {
  return `<${prefix}:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="${width}" cy="${height}"/></${prefix}:xfrm>`;
}

export function textParagraph(text: string, { level = 0, properties = '', run = '' } = {}): string {
  return `<a:p><a:pPr lvl="${level}">${properties}</a:pPr><a:r><a:rPr ${run}/><a:t>${text}</a:t></a:r></a:p>`;
}

export function pictureShape(
  relation: string,
  alt: string,
  box: readonly [number, number, number, number],
): string {
  return `<p:pic><p:nvPicPr><p:cNvPr id="3" name="p" descr="${alt}"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="${relation}"/></p:blipFill><p:spPr>${frame(box, 'a')}</p:spPr></p:pic>`;
}

export function graphicFrame(
  content: string,
  box: readonly [number, number, number, number],
): string {
  return `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="g"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>${frame(box, 'p')}<a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></p:graphicFrame>`;
}

const cache = (values: readonly (string | number)[]): string =>
  values.map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`).join('');

/** A chart of one series. */
export function chartPart(
  title: string,
  series: string,
  points: readonly (readonly [string, number])[],
): string {
  return `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>${title}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache>${cache([series])}</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>${cache(points.map(([name]) => name))}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>${cache(points.map(([, value]) => value))}</c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`;
}

const SPREADSHEET =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

export interface SheetParts {
  readonly name: string;
  readonly state?: string;
  /** Content of `sheetData`. */
  readonly rows: string;
  /** What follows the cells: merges, links, drawings. */
  readonly after?: string;
  readonly relations?: readonly Relation[];
}

interface WorkbookParts {
  readonly strings?: readonly string[];
  /** Codes of number formats; style 1 has the first. */
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
  readonly parts?: Parts;
  readonly core?: string;
}

export function writeXlsx(
  sheets: readonly SheetParts[],
  { strings = [], formats = [], date1904 = false, parts = {}, core }: WorkbookParts = {},
): Uint8Array {
  const files: Record<string, string | Uint8Array> = {
    'xl/workbook.xml': `<workbook ${SPREADSHEET}><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="s${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_sheet, index) => ({
        id: `s${index + 1}`,
        type: 'worksheet',
        target: `worksheets/sheet${index + 1}.xml`,
      })),
      { id: 'strings', type: 'sharedStrings', target: 'sharedStrings.xml' },
      { id: 'styles', type: 'styles', target: 'styles.xml' },
    ]),
    'xl/sharedStrings.xml': `<sst ${SPREADSHEET}>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet ${SPREADSHEET}><numFmts>${formats
      .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`)
      .join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats
      .map((_code, index) => `<xf numFmtId="${164 + index}"/>`)
      .join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`,
    ...parts,
  };
  for (const [index, { rows, after = '', relations = [] }] of sheets.entries()) {
    files[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet ${SPREADSHEET}><dimension ref="A1:XFD1048576"/><sheetData>${rows}</sheetData>${after}</worksheet>`;
    files[`xl/worksheets/_rels/sheet${index + 1}.xml.rels`] = relationships(relations);
  }
  return writeOffice('xl/workbook.xml', files, core);
}

/** A row of cells: a number, a text, or a cell as it is written in the file. */
export function row(number: number, cells: readonly (string | number)[], start = 0): string {
  const written = cells.map((cell, index) => {
    const name = `${String.fromCharCode(65 + start + index)}${number}`;
    if (typeof cell === 'number') return `<c r="${name}"><v>${cell}</v></c>`;
    if (/^<c[ >]/.test(cell)) return cell.replace('<c', `<c r="${name}"`);
    return cell === '' ? '' : `<c r="${name}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${number}">${written.join('')}</row>`;
}
