/**
 * Documents, presentations, workbooks, books, web pages, data and text to Markdown, with their pictures, pages and outline.
 *
 * `convert` turns the bytes of a source into a `ConvertedDocument`. It reads no file, no clock and no
 * network: pictures beside a source come through `Source.readAsset`. What is odd about a source is a message
 * on the document; what is impossible is a `ConversionError`.
 */
export { convert, createConverter, type Convert, type ConverterOptions } from './convert.ts';
export type {
  ConversionMessage,
  ConvertedDocument,
  DocumentFormat,
  DocumentImage,
  DocumentMetadata,
  DocumentPage,
  OutlineEntry,
  Source,
} from './document.ts';
export { ConversionError, type ConversionAttempt, type ConversionErrorCode } from './error.ts';
export { linkImages } from './link-images.ts';
export { isSupported, supportedExtensions } from './names.ts';
export { defaultLimits, type ConversionLimits, type ConvertOptions } from './options.ts';
export {
  createConversionWorker,
  type ConversionWorker,
  type ConversionWorkerOptions,
} from './worker/conversion-worker.ts';
export { defaultWorkerLimits, type ConversionWorkerLimits } from './worker/worker-limits.ts';
