import { aborted } from './aborted.ts';
import type { Candidate, ConversionContext, Converter } from './converter.ts';
import type { ConvertedDocument, Source } from './document.ts';
import { ConversionError, type ConversionAttempt } from './error.ts';
import { otherConverters } from './formats/other-converters.ts';
import type { PdfiumOptions } from './formats/pdf/engine.ts';
import { pdfConverter } from './formats/pdf/pdf-converter.ts';
import { extensionOf } from './names.ts';
import { defaultLimits, type ConvertOptions } from './options.ts';
import { refusal } from './refusal.ts';
import { SetupError } from './setup-error.ts';
import { sniff } from './sniff.ts';

export type Convert = (source: Source, options?: ConvertOptions) => Promise<ConvertedDocument>;

export type ConverterOptions = PdfiumOptions;

/** A converter with its own PDFium, for a bundle that carries `pdfium.wasm` elsewhere. */
export function createConverter(setup: ConverterOptions = {}): { convert: Convert } {
  const converters: readonly Converter[] = [pdfConverter(setup), ...otherConverters];
  return { convert: (source, options = {}) => convertWith(converters, source, options) };
}

/**
 * Makes a document of a source. The bytes decide which converter does it, then the name's ending.
 *
 * Throws a `ConversionError` when the source cannot be a document, and the signal's reason when it is aborted.
 */
export const convert: Convert = (source, options) => {
  shared ??= createConverter();
  return shared.convert(source, options);
};

let shared: { convert: Convert } | undefined;

async function convertWith(
  converters: readonly Converter[],
  source: Source,
  options: ConvertOptions,
): Promise<ConvertedDocument> {
  const context: ConversionContext = {
    ...options,
    limits: { ...defaultLimits, ...options.limits },
  };
  if (source.bytes.length > context.limits.sourceBytes)
    throw new ConversionError(
      'too-large',
      `"${source.name}" has ${source.bytes.length} bytes, over the limit of ${context.limits.sourceBytes}.`,
    );
  const candidate: Candidate = {
    source,
    kind: sniff(source.bytes),
    extension: extensionOf(source.name),
  };
  const accepting = converters.filter((converter) => converter.accepts(candidate));
  if (accepting.length === 0) throw refusal(candidate);
  return firstSuccess(accepting, candidate, context);
}

async function firstSuccess(
  accepting: readonly Converter[],
  { source }: Candidate,
  context: ConversionContext,
): Promise<ConvertedDocument> {
  const attempts: ConversionAttempt[] = [];
  let first: ConversionError | undefined;
  for (const converter of accepting) {
    try {
      context.signal?.throwIfAborted();
      // one after the other: a later converter is for what an earlier one cannot read
      // oxlint-disable-next-line no-await-in-loop
      return await converter.convert(source, context);
    } catch (error) {
      if (context.signal?.aborted === true) throw aborted(source.name, context.signal.reason);
      if (error instanceof SetupError) throw error;
      const failure = asConversionError(source.name, error);
      attempts.push({ converter: converter.name, reason: failure.message });
      first ??= failure;
    }
  }
  throw new ConversionError(first?.code ?? 'damaged', first?.message ?? '', {
    cause: first?.cause ?? first,
    attempts,
  });
}

/** Whatever a library throws on broken bytes is `damaged`; its own words are kept as the cause. */
function asConversionError(name: string, error: unknown): ConversionError {
  if (error instanceof ConversionError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ConversionError('damaged', `"${name}" cannot be read: ${reason}`, { cause: error });
}
