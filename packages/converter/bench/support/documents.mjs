/** Documents of a format, as large as asked for: the same bytes in every run. */
const WORDS =
  'the keeper of a light trims its lamp before dusk and writes into his log what wind and weather he has seen while fog horn bell and signal gun are kept ready for ships that come too near'.split(
    ' ',
  );

const sentence = (seed, length = 14) =>
  `${Array.from({ length }, (_, at) => WORDS[(seed * 7 + at * 3 + ((seed * at) >> 2)) % WORDS.length]).join(' ')} ${seed}.`;
const paragraphText = (seed) => [0, 1, 2, 3].map((at) => sentence(seed * 4 + at)).join(' ');
const cellsOf = (seed) => [sentence(seed, 2), sentence(seed + 1, 3), seed * 1.25, seed];

/** Pieces until they have so many characters together. */
function pieces(size, make) {
  const found = [];
  for (let left = size, seed = 1; left > 0; seed += 1) {
    const piece = make(seed);
    found.push(piece);
    left -= piece.length;
  }
  return found;
}

/** Bytes that no packing makes smaller. */
function noise(size) {
  const bytes = new Uint8Array(size);
  let state = 0x2545f491;
  for (let at = 0; at < size; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

/** Heading, paragraphs, list and table in turn, by the words that a format has for them. */
function block(seed, { heading, paragraph, item, table }) {
  if (seed % 12 === 1) return heading(sentence(seed, 4), seed % 36 === 1 ? 1 : 2);
  if (seed % 12 === 5) return [0, 1, 2].map((at) => item(sentence(seed + at))).join('');
  if (seed % 12 === 9) return table([cellsOf(seed), cellsOf(seed + 1), cellsOf(seed + 2)]);
  return paragraph(paragraphText(seed), sentence(seed, 2));
}

/** A row of an OpenDocument sheet. */
function openRow(seed) {
  const cells = cellsOf(seed).map((cell) => {
    const kind =
      typeof cell === 'number'
        ? `office:value-type="float" office:value="${cell}"`
        : 'office:value-type="string"';
    return `<table:table-cell ${kind}><text:p>${cell}</text:p></table:table-cell>`;
  });
  return `<table:table-row>${cells.join('')}</table:table-row>`;
}

const blocks = (size, words) => pieces(size, (seed) => block(seed, words));

const html = {
  heading: (text, level) => `<h${level}>${text}</h${level}>\n`,
  paragraph: (text, strong) => `<p><b>${strong}</b> ${text}</p>\n`,
  item: (text) => `<ul><li>${text}</li></ul>\n`,
  table: (rows) =>
    `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>\n`,
};
const rtf = {
  heading: (text, level) => `\\pard\\outlinelevel${level - 1}\\b ${text}\\b0\\par\n`,
  paragraph: (text, strong) => `\\pard\\b ${strong}\\b0  ${text}\\par\n`,
  item: (text) => `{\\listtext\\bullet\\tab}\\pard\\ls1\\ilvl0 ${text}\\par\n`,
  table: (rows) =>
    rows
      .map(
        (cells) => `\\trowd\\pard\\intbl ${cells.map((cell) => `${cell}\\cell`).join(' ')}\\row\n`,
      )
      .join(''),
};
const openText = {
  heading: (text, level) => `<text:h text:outline-level="${level}">${text}</text:h>`,
  paragraph: (text) => `<text:p>${text}</text:p>`,
  item: (text) =>
    `<text:list><text:list-item><text:p>${text}</text:p></text:list-item></text:list>`,
  table: (rows) =>
    `<table:table>${rows.map((cells) => `<table:table-row>${cells.map((cell) => `<table:table-cell><text:p>${cell}</text:p></table:table-cell>`).join('')}</table:table-row>`).join('')}</table:table>`,
};
const markdown = {
  heading: (text, level) => `${'#'.repeat(level)} ${text}\n\n`,
  paragraph: (text, strong) => `**${strong}** ${text}\n\n`,
  item: (text) => `- ${text}\n`,
  table: ([head, ...rows]) =>
    [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join(''),
};
const page = (size) => `<!DOCTYPE html><title>Log</title>\n${blocks(size, html).join('')}`;

/** `maker(size)` of each document by its file's name; `size` is that of the text parts, unpacked. */
export function makers({ docx, office, zip, 'open-document': odf, images }) {
  const word = {
    heading: (text, level) => docx.paragraph(text, { style: `heading${level}` }),
    paragraph: (text) => docx.paragraph(text),
    item: (text) => docx.paragraph(text, { list: 0 }),
    table: (rows) =>
      docx.table(rows.map((cells) => cells.map((cell) => docx.paragraph(String(cell))))),
  };
  const sheetRow = (seed) => office.row(seed, cellsOf(seed));
  const slide = (seed) => ({
    length: 1200,
    shapes:
      office.shape({ type: 'title', text: office.textParagraph(sentence(seed, 4)) }) +
      office.shape({
        type: 'body',
        index: 1,
        text: [0, 1, 2, 3].map((at) => office.textParagraph(sentence(seed + at))).join(''),
      }),
    notes: office.textParagraph(paragraphText(seed)),
  });
  /** A JPEG before noise: as much as a photograph weighs, and never decoded. */
  const photograph = (size) => Buffer.concat([images.JPEG, noise(size)]);

  return {
    'text.docx': (size) => docx.writeDocx({ body: blocks(size, word).join('') }),
    'pictures.docx': (size) =>
      docx.writeDocx({
        body: blocks(size / 10, word).join('') + docx.drawing('photo'),
        relationships: docx.imageRelationship('photo', 'media/photo.jpeg'),
        parts: { 'word/media/photo.jpeg': photograph(size) },
      }),
    'text.pptx': (size) => office.writePptx(pieces(size, slide)),
    'pictures.pptx': (size) =>
      office.writePptx(
        [
          {
            shapes: office.pictureShape('photo', 'Photo', [0, 0, 100, 100]),
            relations: [{ id: 'photo', type: 'image', target: '../media/photo.jpeg' }],
          },
          ...pieces(size / 10, slide),
        ],
        { 'ppt/media/photo.jpeg': photograph(size) },
      ),
    'text.xlsx': (size) =>
      office.writeXlsx([{ name: 'Log', rows: pieces(size, sheetRow).join('') }]),
    'text.ods': (size) =>
      odf.writeOpenDocument('spreadsheet', {
        body: `<table:table table:name="Log">${pieces(size, openRow).join('')}</table:table>`,
      }),
    'text.odt': (size) => odf.writeOpenDocument('text', { body: blocks(size, openText).join('') }),
    'text.epub': (size) => book(page(size / 20), 20),
    'text.html': (size) => Buffer.from(page(size)),
    'text.rtf': (size) => Buffer.from(`{\\rtf1\\ansi\n${blocks(size, rtf).join('')}}`),
    'text.csv': (size) =>
      Buffer.from(pieces(size, (seed) => `${cellsOf(seed).join(',')}\n`).join('')),
    'text.md': (size) => Buffer.from(blocks(size, markdown).join('')),
  };

  function book(chapter, count) {
    const names = Array.from({ length: count }, (_, at) => `c${at}`);
    return zip.writeZip({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml':
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
      'book.opf': `<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>${names.map((name) => `<item id="${name}" href="${name}.xhtml" media-type="application/xhtml+xml"/>`).join('')}</manifest><spine>${names.map((name) => `<itemref idref="${name}"/>`).join('')}</spine></package>`,
      ...Object.fromEntries(names.map((name) => [`${name}.xhtml`, chapter])),
    });
  }
}
