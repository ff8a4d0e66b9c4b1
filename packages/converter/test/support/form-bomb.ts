/** A PDF of a few kilobytes whose second page, after one of nothing, draws a form that draws a form ten times, and so on. */
export function formBomb(depth = 14): Uint8Array {
  const form = (index: number): string => {
    const draws = index === depth ? '0 0 1 1 re f' : `/F${index + 1} Do `.repeat(10);
    const resources = index === depth ? '' : `/XObject << /F${index + 1} ${index + 5} 0 R >>`;
    return stream(
      `/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << ${resources} >>`,
      draws,
    );
  };
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count 2 /Kids [${depth + 5} 0 R 3 0 R] >>`,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /F1 5 0 R >> >> >>',
    stream('', '/F1 Do'),
    ...Array.from({ length: depth }, (_, index) => form(index + 1)),
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>',
  ];
  const bodies = objects.map((body, index) => `${index + 1} 0 obj\n${body}\nendobj\n`);
  return Buffer.from(`%PDF-1.7\n${bodies.join('')}trailer\n<< /Root 1 0 R >>\n%%EOF\n`, 'latin1');
}

function stream(dictionary: string, data: string): string {
  return `<< ${dictionary} /Length ${data.length} >>\nstream\n${data}\nendstream`;
}
