/** Bounds that keep a hostile or absurd source from taking the process down. */
export interface ConversionLimits {
  /** Bytes of the source. Default 256 MiB: a string of twice that is over what the engine takes. */
  readonly sourceBytes: number;
  /** Bytes of an HTML page, whose parsed form is some 40 times as large. Default 16 MiB. */
  readonly htmlBytes: number;
  /** Entries of a ZIP container (DOCX, PPTX, XLSX, EPUB, OpenDocument). Default 20 000. */
  readonly zipEntries: number;
  /** Bytes of all entries of a ZIP container, unpacked. Default 256 MiB. */
  readonly unpackedBytes: number;
  /** Cells of all tables of a workbook or CSV file, and values of JSON and XML. More are left out. Default 500 000. */
  readonly cells: number;
  /** Pixels of one picture that has to be decoded. Default 50 million. */
  readonly imagePixels: number;
  /** Pictures kept of one document. Default 2 000. */
  readonly images: number;
  /** Bytes of all pictures of one document. Default 256 MiB. */
  readonly imageBytes: number;
}

export const defaultLimits: ConversionLimits = {
  sourceBytes: 256 * 2 ** 20,
  htmlBytes: 16 * 2 ** 20,
  zipEntries: 20_000,
  unpackedBytes: 256 * 2 ** 20,
  cells: 500_000,
  imagePixels: 50_000_000,
  images: 2000,
  imageBytes: 256 * 2 ** 20,
};

export interface ConvertOptions {
  /** Opens an encrypted PDF. */
  readonly password?: string;
  /**
   * Of an HTML page, take the main content alone: no menus, advertisements, comments. A page that has none is
   * taken whole, with the message `main-content-not-found`.
   */
  readonly mainContent?: boolean;
  /** The address of an HTML page, from which its relative links lead on. */
  readonly url?: string;
  /** Ends the work at the next page or step: an abort is rethrown as it is, a time-out as `timeout`. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ConversionLimits>;
  /** Called with the pages done and the pages in all, for formats with pages. */
  readonly onProgress?: (done: number, total: number) => void;
}
