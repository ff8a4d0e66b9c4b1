import type { Candidate } from './converter.ts';
import { ConversionError } from './error.ts';
import { supportedExtensions } from './names.ts';

/** Why no converter takes the source, in words that help. */
export function refusal({ source, kind, extension }: Candidate): ConversionError {
  const name = `"${source.name}"`;
  switch (kind) {
    case 'empty':
      return new ConversionError('empty', `${name} is empty: it has no bytes.`);
    case 'encrypted-office':
      return new ConversionError(
        'password-needed',
        `${name} is a password-protected Office file: save it as ${modern(extension)} without a password.`,
      );
    case 'doc':
    case 'ppt':
      return new ConversionError(
        'unsupported',
        `${name} is an old binary Office file: save it as ${kind === 'doc' ? '.docx' : '.pptx'}.`,
      );
    case 'msg':
      return new ConversionError(
        'unsupported',
        `${name} is an Outlook message: save it as HTML or as text.`,
      );
    case 'compound-file':
      return new ConversionError(
        'password-needed',
        `${name} is a password-protected or old binary Office file: save it as ${modern(extension)} without a password.`,
      );
    case 'zip':
      return zipRefusal(name, extension);
    case 'binary':
      return binaryRefusal(name, extension);
    case 'text':
    case 'html':
    case 'mhtml':
    case 'pdf':
    case 'rtf':
    case 'docx':
    case 'pptx':
    case 'xlsx':
    case 'xlsb':
    case 'xls':
    case 'ods':
    case 'odt':
    case 'epub':
    default:
      return textRefusal(name, extension);
  }
}

const BINARY_EXTENSIONS = new Set(
  '.pdf .docx .docm .odt .epub .pptx .pptm .xlsx .xlsm .xlsb .ods'.split(' '),
);

function zipRefusal(name: string, extension: string): ConversionError {
  if (BINARY_EXTENSIONS.has(extension) && extension !== '.pdf')
    return new ConversionError(
      'damaged',
      `${name} is a damaged ${extension} file: it is a ZIP archive without the parts of one. Save it anew.`,
    );
  return new ConversionError(
    'unsupported',
    `${name} is a ZIP archive that holds no document: unpack it. The formats that can be read are ${list()}.`,
  );
}

function binaryRefusal(name: string, extension: string): ConversionError {
  if (BINARY_EXTENSIONS.has(extension) || extension === '.xls')
    return new ConversionError(
      'damaged',
      `${name} is damaged or no ${extension} file: its content is binary and of no known format.`,
    );
  if (supportedExtensions.includes(extension))
    return new ConversionError('binary', `${name} is not text: its content is binary.`);
  return new ConversionError(
    'unsupported',
    `${name} is of a format that cannot be read: the formats are ${list()}.`,
  );
}

function textRefusal(name: string, extension: string): ConversionError {
  if (BINARY_EXTENSIONS.has(extension))
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
