import type { Io } from '../command.ts';
import type { Print, Reporter } from '../report/reporter.ts';
import { count } from '../report/words.ts';
import type { Conversion } from './conversion.ts';

/** A conversion, as programs read it. */
export interface ConversionReport {
  readonly type: 'conversion';
  readonly source: string;
  readonly name: string;
  readonly title: string;
  readonly format: string;
  readonly metadata: Conversion['document']['metadata'];
  readonly messages: Conversion['document']['messages'];
  /** Files that were written. */
  readonly files?: readonly string[];
  /** Where no files were written, the text itself, and what goes with it. */
  readonly markdown?: string;
  readonly pages?: readonly { readonly page: number; readonly text: string }[];
  readonly outline?: Conversion['document']['outline'];
  readonly images?: readonly { readonly name: string; readonly bytes: number }[];
  readonly tree?: Conversion['tree'];
}

/** @param files absent where the text goes to standard output */
export function reportOf(
  source: string,
  { name, markdown, pages, tree, document }: Conversion,
  files?: readonly string[],
): ConversionReport {
  const { title, format, metadata, messages, outline } = document;
  const images = document.images.map(({ bytes, ...image }) => ({ ...image, bytes: bytes.length }));
  const content = { markdown, ...(pages && { pages }), outline, images, ...(tree && { tree }) };
  const head = { type: 'conversion', source, name, title, format, metadata, messages } as const;
  return { ...head, ...(files ? { files } : content) };
}

/** What was written for one source, for people. */
export const printWritten: Print<ConversionReport> = ({ source, files = [] }, { good }) => {
  const [first = '', ...others] = files;
  const more = others.length === 0 ? '' : `, and ${count(others.length, 'more file')}`;
  return [`${good('converted')}  ${source} -> ${first}${more}`];
};

/**
 * A text to standard output: on a terminal with every control character written out, else byte for
 * byte, for the file or the program that it goes to.
 */
export function writeText(text: string, io: Io, reporter: Reporter): void {
  const lines = text.replace(/\n$/, '');
  if (io.outIsTerminal === true) return reporter.result({ type: 'text' }, () => lines.split('\n'));
  io.status?.('');
  return io.out(lines);
}
