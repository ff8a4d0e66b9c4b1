/** Writes small PDFs (1.7, uncompressed) for tests: text in standard fonts, pictures, bookmarks, labels. */

export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly font?: keyof typeof FONTS;
  /** Quarter turns counter-clockwise. */
  readonly turn?: 0 | 1;
}

/** A line from one point to another, or a thin filled rectangle along it. */
export interface PdfRule {
  readonly rule: readonly [x0: number, y0: number, x1: number, y1: number];
  readonly filled?: boolean;
}

type PdfItem = PdfText | PdfImage | PdfRule;

export interface PdfImage {
  readonly image: PdfPixels | PdfJpeg;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** RGB, three bytes a pixel. */
export interface PdfPixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** A byte a pixel: 0 is transparent. */
  readonly alpha?: Uint8Array;
}

export interface PdfJpeg {
  readonly width: number;
  readonly height: number;
  readonly jpeg: Uint8Array;
}

export interface PdfBookmark {
  readonly title: string;
  /** 0-based. */
  readonly page: number;
  /** Height on the page, in points from the bottom. */
  readonly y?: number;
  readonly children?: readonly PdfBookmark[];
}

export interface PdfOptions {
  readonly pages: readonly (readonly PdfItem[])[];
  readonly info?: Readonly<Record<string, string>>;
  readonly bookmarks?: readonly PdfBookmark[];
  /** The last bookmark names the first as the one after it. */
  readonly cyclicBookmarks?: boolean;
  /** A PDF number tree's entries: `0 << /S /r >> 2 << /S /D >>`. */
  readonly labels?: string;
  readonly language?: string;
  /** A security handler whose password nobody knows. */
  readonly encrypted?: boolean;
}

const FONTS = {
  regular: 'Helvetica',
  bold: 'Helvetica-Bold',
  serif: 'Times-Roman',
  mono: 'Courier',
} as const;

export const PAGE_WIDTH = 595;
export const PAGE_HEIGHT = 842;

export function writePdf(options: PdfOptions): Uint8Array {
  const file = new Objects();
  const catalog = file.reserve();
  const tree = file.reserve();
  const fonts = Object.entries(FONTS).map(([key, name]) => {
    const id = file.add(
      `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
    );
    return `/${key} ${id} 0 R`;
  });
  const images = new Map<PdfImage['image'], number>();
  const pages = options.pages.map((items) => writePage(file, { items, tree, fonts, images }));
  file.set(
    tree,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((id) => `${id} 0 R`).join(' ')}] >>`,
  );
  const outlines = options.bookmarks && writeBookmarks(file, options, pages);
  file.set(
    catalog,
    `<< /Type /Catalog /Pages ${tree} 0 R` +
      (outlines === undefined ? '' : ` /Outlines ${outlines} 0 R`) +
      (options.labels === undefined ? '' : ` /PageLabels << /Nums [${options.labels}] >>`) +
      (options.language === undefined ? '' : ` /Lang ${literal(options.language)}`) +
      ' >>',
  );
  const info = Object.entries(options.info ?? {})
    .map(([key, value]) => `/${key} ${literal(value)}`)
    .join(' ');
  const infoId = file.add(`<< ${info} >>`);
  const zeros = '0'.repeat(64);
  const encrypt = options.encrypted
    ? ` /Encrypt ${file.add(`<< /Filter /Standard /V 1 /R 2 /P -4 /O <${zeros}> /U <${zeros}> >>`)} 0 R /ID [<00> <00>]`
    : '';
  return file.write(`/Root ${catalog} 0 R /Info ${infoId} 0 R${encrypt}`);
}

function writePage(
  file: Objects,
  {
    items,
    tree,
    fonts,
    images,
  }: {
    items: readonly PdfItem[];
    tree: number;
    fonts: readonly string[];
    images: Map<PdfImage['image'], number>;
  },
): number {
  const used: string[] = [];
  const content = items.map((item) => {
    if ('text' in item) return drawText(item);
    if ('rule' in item) return drawRule(item);
    const id = images.get(item.image) ?? writeImage(file, item.image);
    images.set(item.image, id);
    used.push(`/I${id} ${id} 0 R`);
    return `q ${item.width} 0 0 ${item.height} ${item.x} ${item.y} cm /I${id} Do Q`;
  });
  const stream = file.addStream('', Buffer.from(content.join('\n'), 'latin1'));
  return file.add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}] /Contents ${stream} 0 R ` +
      `/Resources << /Font << ${fonts.join(' ')} >> /XObject << ${used.join(' ')} >> >> >>`,
  );
}

function drawText({ text, x, y, size = 10, font = 'regular', turn = 0 }: PdfText): string {
  const matrix = turn === 0 ? `1 0 0 1 ${x} ${y}` : `0 1 -1 0 ${x} ${y}`;
  return `BT /${font} ${size} Tf ${matrix} Tm ${literal(text)} Tj ET`;
}

function drawRule({ rule: [x0, y0, x1, y1], filled = false }: PdfRule): string {
  if (!filled) return `${x0} ${y0} m ${x1} ${y1} l S`;
  return `${x0} ${y0} ${Math.max(0.7, x1 - x0)} ${Math.max(0.7, y1 - y0)} re f`;
}

function writeImage(file: Objects, image: PdfImage['image']): number {
  const { width, height } = image;
  const head = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 /ColorSpace /DeviceRGB`;
  const mask =
    'alpha' in image && image.alpha
      ? ` /SMask ${file.addStream(head.replace('DeviceRGB', 'DeviceGray'), image.alpha)} 0 R`
      : '';
  return 'jpeg' in image
    ? file.addStream(`${head} /Filter /DCTDecode`, image.jpeg)
    : file.addStream(head + mask, image.rgb);
}

function writeBookmarks(file: Objects, options: PdfOptions, pages: readonly number[]): number {
  const root = file.reserve();
  const write = (entries: readonly PdfBookmark[], parent: number): string => {
    const ids = entries.map(() => file.reserve());
    entries.forEach(({ title, page, y, children }, index) => {
      const id = ids[index] as number;
      const next = ids[index + 1] ?? (options.cyclicBookmarks ? ids[0] : undefined);
      file.set(
        id,
        `<< /Title ${literal(title)} /Parent ${parent} 0 R /Dest [${pages[page]} 0 R ${y === undefined ? '/Fit' : `/XYZ 0 ${y} 0`}]` +
          (next === undefined ? '' : ` /Next ${next} 0 R`) +
          (children === undefined ? '' : write(children, id)) +
          ' >>',
      );
    });
    return ` /First ${ids[0]} 0 R /Last ${ids.at(-1)} 0 R /Count ${ids.length}`;
  };
  file.set(root, `<< /Type /Outlines${write(options.bookmarks ?? [], root)} >>`);
  return root;
}

function literal(text: string): string {
  // other characters than Latin-1's are written as UTF-16, as titles may be
  if (Buffer.from(text, 'latin1').toString('latin1') !== text)
    return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
  return `(${text.replace(/[\\()]/g, '\\$&')})`;
}

class Objects {
  readonly #bodies: (Buffer | undefined)[] = [];

  reserve(): number {
    this.#bodies.push(undefined);
    return this.#bodies.length;
  }

  set(id: number, body: string | Buffer): void {
    this.#bodies[id - 1] = Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1');
  }

  add(body: string | Buffer): number {
    const id = this.reserve();
    this.set(id, body);
    return id;
  }

  addStream(dictionary: string, data: Uint8Array): number {
    return this.add(
      Buffer.concat([
        Buffer.from(`<< ${dictionary} /Length ${data.length} >>\nstream\n`, 'latin1'),
        data,
        Buffer.from('\nendstream', 'latin1'),
      ]),
    );
  }

  write(trailer: string): Uint8Array {
    const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
    const offsets: number[] = [];
    let length = parts[0]?.length ?? 0;
    const push = (part: Buffer): void => {
      parts.push(part);
      length += part.length;
    };
    this.#bodies.forEach((body, index) => {
      offsets.push(length);
      push(Buffer.from(`${index + 1} 0 obj\n`, 'latin1'));
      push(body ?? Buffer.from('null'));
      push(Buffer.from('\nendobj\n', 'latin1'));
    });
    const start = length;
    const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    push(
      Buffer.from(
        `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows.join('')}` +
          `trailer\n<< /Size ${offsets.length + 1} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
        'latin1',
      ),
    );
    return Buffer.concat(parts);
  }
}
