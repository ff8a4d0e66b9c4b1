import { writeZip } from './zip.ts';

const NAMES = ['office', 'text', 'table', 'style', 'fo', 'draw', 'xlink', 'dc', 'meta', 'svg']
  .map((name) => `xmlns:${name}="urn:${name}"`)
  .join(' ');

/** An OpenDocument file of a kind (`text`, `spreadsheet`) with this body. */
export function writeOpenDocument(
  kind: 'text' | 'spreadsheet',
  {
    styles = '',
    body,
    parts = {},
  }: {
    readonly styles?: string;
    readonly body: string;
    readonly parts?: Readonly<Record<string, string | Uint8Array>>;
  },
): Uint8Array {
  return writeZip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'content.xml': `<office:document-content ${NAMES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    'meta.xml': `<office:document-meta ${NAMES}><office:meta><dc:title>Bees</dc:title><meta:initial-creator>Ada</meta:initial-creator><meta:creation-date>2024-01-02T03:04:05</meta:creation-date><dc:language>de-DE</dc:language></office:meta></office:document-meta>`,
    ...parts,
  });
}
