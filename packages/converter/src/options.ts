/** Bounds that keep a hostile or absurd source from taking the process down. */
export interface ConversionLimits {
  /** Bytes of the source. Default 256 MiB: a string of twice that is over what the engine takes. */
  readonly sourceBytes: number;
  /** Bytes of an HTML page, whose parsed form is some 40 times as large. Default 16 MiB. */
  readonly htmlBytes: number;
  /** Entries of a ZIP container (DOCX). Default 20 000. */
  readonly zipEntries: number;
  /** Bytes of all entries of a ZIP container, unpacked. Default 256 MiB. */
  readonly unpackedBytes: number;
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
  imagePixels: 50_000_000,
  images: 2000,
  imageBytes: 256 * 2 ** 20,
};

export interface ConvertOptions {
  /** Opens an encrypted PDF. */
  readonly password?: string;
  /** Ends the work at the next page or step: an abort is rethrown as it is, a time-out as `timeout`. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ConversionLimits>;
  /** Called with the pages done and the pages in all, for formats with pages. */
  readonly onProgress?: (done: number, total: number) => void;
}
