import type { Candidate } from './converter.ts';
import { ConversionError } from './error.ts';
import { supportedExtensions } from './names.ts';

/** Why no converter takes the source, in words that help. */
export function refusal({ source, kind, extension }: Candidate): ConversionError {
  const name = `"${source.name}"`;
  switch (kind) {
    case 'empty':
      return new ConversionError('empty', `${name} is empty: it has no bytes.`);
    case 'compound-file':
      return new ConversionError(
        'password-needed',
        `${name} is a password-protected or old binary Office file: save it as ${modern(extension)} without a password.`,
      );
    case 'zip':
      return new ConversionError(
        'unsupported',
        `${name} is a ZIP archive that holds no Word document: the formats that can be read are ${list()}.`,
      );
    case 'rtf':
      return new ConversionError('unsupported', `${name} is an RTF file: save it as .docx.`);
    case 'binary':
      return binaryRefusal(name, extension);
    case 'pdf':
    case 'html':
    case 'text':
    default:
      return textRefusal(name, extension);
  }
}

const TEXT_EXTENSIONS = new Set(['.md', '.markdown', '.txt', '.text', '.html', '.htm']);

function binaryRefusal(name: string, extension: string): ConversionError {
  if (TEXT_EXTENSIONS.has(extension))
    return new ConversionError('binary', `${name} is not text: its content is binary.`);
  if (supportedExtensions.includes(extension))
    return new ConversionError(
      'damaged',
      `${name} is damaged or no ${extension} file: its content is binary and of no known format.`,
    );
  return new ConversionError(
    'unsupported',
    `${name} is of a format that cannot be read: the formats are ${list()}.`,
  );
}

function textRefusal(name: string, extension: string): ConversionError {
  if (extension === '.pdf' || extension === '.docx')
    return new ConversionError(
      'damaged',
      `${name} is no ${extension} file: its content is plain text. Rename it to end in .txt, or export it again.`,
    );
  return new ConversionError(
    'unsupported',
    `${name} is of a format that cannot be read: the formats are ${list()}.`,
  );
}

function modern(extension: string): string {
  return (
    { '.xls': '.xlsx', '.xlsx': '.xlsx', '.ppt': '.pptx', '.pptx': '.pptx' }[extension] ?? '.docx'
  );
}

function list(): string {
  return supportedExtensions.join(', ');
}
