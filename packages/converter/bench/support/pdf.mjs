/** A PDF of many pages of running text with headings, a table with borders on every fourth and a running head. */
const WORDS =
  'the keeper of a light trims its lamp before dusk and writes into his log what wind and weather he has seen while fog horn bell and signal gun are kept ready for ships that come too near'.split(
    ' ',
  );

export function pdfOfPages(count) {
  const pages = Array.from({ length: count }, (_, index) => pageContent(index));
  const bodies = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${count} /Kids [${pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + at * 2} 0 R /Resources << /Font << /F 3 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  const objects = bodies.map((body, at) => `${at + 1} 0 obj\n${body}\nendobj\n`);
  const head = '%PDF-1.7\n';
  let at = head.length;
  const offsets = objects.map((object) => {
    at += object.length;
    return String(at - object.length).padStart(10, '0');
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  return Buffer.from(
    `${head}${objects.join('')}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
      `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    'latin1',
  );
}

const text = (words, x, y, size = 10) => `BT /F ${size} Tf ${x} ${y} Td (${words}) Tj ET`;

function pageContent(index) {
  const items = [text('The Log of the Keeper', 72, 810, 8), text(String(index + 1), 500, 30, 8)];
  if (index % 5 === 0) items.push(text(`${index / 5 + 1} Of the Lamp`, 72, 780, 16));
  for (let line = 0; line < 40; line += 1)
    items.push(text(sentence(index * 40 + line), 72, 750 - line * 13));
  if (index % 4 === 0) items.push(...tableAt(210));
  return items.join('\n');

  function tableAt(top) {
    const rules = [0, 1, 2, 3, 4].map((row) => `72 ${top - row * 20} m 432 ${top - row * 20} l S`);
    const sides = [0, 1, 2, 3].map(
      (at) => `${72 + at * 120} ${top} m ${72 + at * 120} ${top - 80} l S`,
    );
    const cells = Array.from({ length: 12 }, (_, at) =>
      text(
        `${WORDS[(index + at) % WORDS.length]} ${at}`,
        77 + (at % 3) * 120,
        top - 14 - Math.floor(at / 3) * 20,
      ),
    );
    return [...rules, ...sides, ...cells];
  }
}

function sentence(seed) {
  const words = Array.from({ length: 15 }, (_, at) => WORDS[(seed * 7 + at * 3) % WORDS.length]);
  return `${words.join(' ')}${seed % 6 === 5 ? '.' : ''}`;
}
