// A PDF of so many pages of plain text, by ISO 32000-1: objects, a cross-reference table, a trailer.
import { random, sentence } from './text.mjs';

const LINES = 40;

/** @returns bytes; another `seed`, another document */
export function pdfDocument(seed, pages) {
  const pick = random(seed);
  const kids = Array.from({ length: pages }, (_, n) => `${4 + 2 * n} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  for (let n = 0; n < pages; n += 1) {
    const content = pageContent(pick, `Report ${seed}, chapter ${n + 1}`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * n} 0 R ` +
        '/Resources << /Font << /F1 3 0 R >> >> >>',
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  return assemble(objects);
}

function pageContent(pick, heading) {
  const lines = Array.from({ length: LINES }, () => `(${sentence(pick)}) Tj T*`);
  return `BT /F1 18 Tf 50 790 Td (${heading}) Tj /F1 9 Tf 17 TL 0 -30 Td ${lines.join('\n')} ET`;
}

function assemble(objects) {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, n) => {
    const offset = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`;
  text += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
