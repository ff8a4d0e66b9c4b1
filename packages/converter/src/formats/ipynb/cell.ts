import type { Source } from '../../document.ts';
import { htmlToMarkdown } from '../../html-to-markdown/html-to-markdown.ts';
import type { ImageStore } from '../../images/image-store.ts';
import { takeImage } from '../../images/local-images.ts';
import { IMAGE_SCHEME } from '../../link-images.ts';
import { fenced } from '../../markdown/fenced.ts';
import { findImages } from '../../markdown/find-images.ts';
import { withUnixLineEnds } from '../../text/line-ends.ts';
import { takeImages } from '../markdown/take-images.ts';
import { isRecord, textIn, type JsonRecord } from './json-record.ts';

export interface CellContext {
  readonly source: Source;
  readonly store: ImageStore;
  /** Of the code. */
  readonly language: string;
}

/** A cell with its outputs; empty for an empty one. */
export async function cellToMarkdown(cell: JsonRecord, context: CellContext): Promise<string> {
  const text = withUnixLineEnds(textIn(cell['source'] ?? cell['input']));
  switch (cell['cell_type']) {
    case 'markdown':
      return /\S/.test(text) ? proseToMarkdown(text, cell, context) : '';
    case 'heading':
      return `${'#'.repeat(Math.min(6, Math.max(1, Number(cell['level']) || 1)))} ${text.trim()}\n`;
    case 'code': {
      const code = /\S/.test(text) ? [fenced(text, context.language)] : [];
      const outputs = Array.isArray(cell['outputs']) ? cell['outputs'] : [];
      const shown = [];
      for (const output of outputs)
        if (isRecord(output)) shown.push(await outputToMarkdown(output, context));
      return [...code, ...shown].filter((piece) => piece !== '').join('\n');
    }
    default:
      return /\S/.test(text) ? fenced(text, '') : '';
  }
}

/** Pictures that were dropped into a text are kept in the cell; a fence that is left open ends with the cell. */
function proseToMarkdown(text: string, cell: JsonRecord, context: CellContext): string {
  const attached = takeAttachments(text, cell['attachments'], context.store);
  const markdown = takeImages(attached, context.source, context.store).trim();
  const fences = [...markdown.matchAll(/^ {0,3}(```+|~~~+)/gm)];
  return `${markdown}${fences.length % 2 === 1 ? `\n${fences.at(-1)?.[1] ?? ''}` : ''}\n`;
}

function takeAttachments(text: string, attachments: unknown, store: ImageStore): string {
  if (!isRecord(attachments)) return text;
  let result = '';
  let done = 0;
  for (const { start, end, address } of findImages(text)) {
    const name = /^attachment:(.*)$/.exec(address)?.[1];
    const bundle =
      name === undefined ? undefined : (attachments[name] ?? attachments[decoded(name)]);
    const image = isRecord(bundle) ? pictureOf(bundle, store, name) : undefined;
    if (image === undefined) continue;
    result += `${text.slice(done, start)}${IMAGE_SCHEME}${image}`;
    done = end;
  }
  return result + text.slice(done);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

async function outputToMarkdown(output: JsonRecord, context: CellContext): Promise<string> {
  switch (output['output_type']) {
    case 'stream':
      return plain(textIn(output['text']));
    case 'error':
    case 'pyerr':
      return plain(traceback(output));
    default: {
      const { data } = output;
      return isRecord(data)
        ? bundleToMarkdown(data, context)
        : bundleToMarkdown(ofThirdVersion(output), context);
    }
  }
}

/** The richest form that Markdown can show. */
async function bundleToMarkdown(data: JsonRecord, { source, store }: CellContext): Promise<string> {
  const image = pictureOf(data, store, 'output');
  if (image !== undefined) return `![](${IMAGE_SCHEME}${image})\n`;
  const markdown = textIn(data['text/markdown']);
  if (/\S/.test(markdown)) return `${markdown.trim()}\n`;
  const latex = textIn(data['text/latex']);
  if (/\S/.test(latex)) return `${latex.trim()}\n`;
  const html = textIn(data['text/html']);
  if (/<(?:table|h[1-6]|ul|ol|p|img)[\s>]/i.test(html)) {
    const shown = await htmlToMarkdown(html, {
      resolveImage(src) {
        const taken = takeImage(src, { source, store, keepTiny: false });
        return typeof taken === 'string' ? IMAGE_SCHEME + taken : taken;
      },
    });
    if (/\S/.test(shown.markdown)) return shown.markdown;
  }
  return plain(textIn(data['text/plain']));
}

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];

function pictureOf(data: JsonRecord, store: ImageStore, suggestion = 'output'): string | undefined {
  for (const type of PICTURES) {
    const text = textIn(data[type]);
    if (text === '') continue;
    const bytes = Buffer.from(text, type === 'image/svg+xml' ? 'utf8' : 'base64');
    const name = store.add(bytes, { suggestion });
    if (name !== undefined) return name;
  }
  return undefined;
}

const THIRD_VERSION: Readonly<Record<string, string>> = {
  text: 'text/plain',
  html: 'text/html',
  latex: 'text/latex',
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
};

function ofThirdVersion(output: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(output).flatMap(([key, value]) => {
      const type = THIRD_VERSION[key];
      return type === undefined ? [] : [[type, value]];
    }),
  );
}

function traceback({ traceback: lines, ename, evalue }: JsonRecord): string {
  const text = Array.isArray(lines)
    ? lines.filter((line) => typeof line === 'string').join('\n')
    : '';
  return text === '' ? `${textIn(ename)}: ${textIn(evalue)}` : text;
}

/** Without the colours of a terminal; of a line that was written over, what was written last. */
function plain(text: string): string {
  const uncoloured = text
    // oxlint-disable-next-line no-control-regex
    .replace(/\u001B\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/\r\n/g, '\n')
    .replace(/^[^\n]*\r(?=[^\n])/gm, '');
  return /\S/.test(uncoloured) ? fenced(uncoloured, 'text') : '';
}
