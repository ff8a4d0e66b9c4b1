import { ConversionError } from '../../error.ts';
import type { Pdfium } from './engine.ts';
import { withTrailer } from './repair.ts';

/** An open PDF. `close` is safe to call twice. */
export interface PdfFile {
  readonly pdfium: Pdfium;
  readonly handle: number;
  readonly pageCount: number;
  /** Its end was missing: what follows the break is lost. */
  readonly repaired: boolean;
  close(): void;
}

const FORMAT_ERROR = 3;
const PASSWORD_ERROR = 4;
const SECURITY_ERROR = 5;

/**
 * Opens the bytes. PDFium repairs a broken cross-reference table by itself; a file that breaks off is
 * tried again with an end. Throws `password-needed` or `damaged`.
 */
export function openPdf(
  pdfium: Pdfium,
  bytes: Uint8Array,
  { name, password }: { name: string; password?: string | undefined },
): PdfFile {
  const opened = load(pdfium, bytes, password);
  if (typeof opened === 'object') return opened;
  const mended = opened === FORMAT_ERROR ? withTrailer(bytes) : undefined;
  const again = mended === undefined ? opened : load(pdfium, mended, password);
  if (typeof again === 'object') return { ...again, repaired: true };
  throw openError(name, opened, password !== undefined);
}

/** The open file, or PDFium's reason against it. */
function load(pdfium: Pdfium, bytes: Uint8Array, password = ''): PdfFile | number {
  const { calls } = pdfium;
  const data = copyIn(pdfium, bytes);
  const secret = copyIn(pdfium, Buffer.from(`${password}\0`));
  const handle = calls.FPDF_LoadMemDocument(data, bytes.length, secret);
  const reason = handle === 0 ? calls.FPDF_GetLastError() : FORMAT_ERROR;
  calls.free(secret);
  const pageCount = handle === 0 ? 0 : calls.FPDF_GetPageCount(handle);
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    if (handle !== 0) calls.FPDF_CloseDocument(handle);
    // PDFium reads from these bytes until the document is closed
    calls.free(data);
  };
  if (handle !== 0 && pageCount > 0) return { pdfium, handle, pageCount, repaired: false, close };
  close();
  return reason;
}

function copyIn(pdfium: Pdfium, bytes: Uint8Array): number {
  const pointer = pdfium.calls.malloc(bytes.length);
  if (pointer === 0) throw new RangeError('PDFium is out of memory.');
  pdfium.bytes().set(bytes, pointer);
  return pointer;
}

function openError(name: string, reason: number, hadPassword: boolean): ConversionError {
  if (reason === PASSWORD_ERROR)
    return new ConversionError(
      'password-needed',
      hadPassword
        ? `"${name}" is a PDF that the given password does not open: check the password, or save a copy without one.`
        : `"${name}" is a PDF that opens only with a password: save a copy without one.`,
    );
  if (reason === SECURITY_ERROR)
    return new ConversionError(
      'password-needed',
      `"${name}" is a PDF with a protection that cannot be opened: save or print it as a plain PDF.`,
    );
  return new ConversionError(
    'damaged',
    `"${name}" is a damaged PDF: no page of it can be read. Open it in a PDF viewer and save it anew.`,
  );
}
