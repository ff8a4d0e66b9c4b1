import { basename } from 'node:path';

import type { ConvertedDocument } from '@openkb/converter';
import type { Sink } from '@openkb/download';

import { assetsBeside } from '../add/receive.ts';
import type { Context } from '../command.ts';
import { CliError } from '../errors.ts';
import type { Services } from '../services.ts';
import { convertWeb } from '../web/convert-web.ts';
import { fetchSource } from '../web/fetch.ts';
import type { WebSource } from '../web/web-source.ts';

/** What a user names to be converted. */
export type NamedSource =
  | { readonly kind: 'file'; readonly path: string; readonly shown: string }
  | { readonly kind: 'input'; readonly shown: string }
  | { readonly kind: 'web'; readonly web: WebSource; readonly shown: string };

export interface ReadSource {
  readonly document: ConvertedDocument;
  readonly fileName: string;
  /** As a registry would have it. */
  readonly path: string;
}

export interface ReadOptions {
  readonly services: Services;
  readonly reporter: Context['reporter'];
  readonly signal: AbortSignal;
  readonly allowPrivateNetwork: boolean;
  /** Opens encrypted PDFs. */
  readonly password: string | undefined;
  readonly onState: (state: string) => void;
}

/** Larger ones are refused before they are read; a converter may refuse smaller ones. */
const MOST_BYTES = 512 * 2 ** 20;

/** Reads and converts a source. */
export async function readSource(source: NamedSource, options: ReadOptions): Promise<ReadSource> {
  const { services, signal, password } = options;
  const secret = password === undefined ? {} : { password };
  if (source.kind === 'web') {
    const sink = new MemorySink();
    const download = await fetchSource(services, source.web, { ...options, sink });
    const read = { download, bytes: sink.bytes() };
    return { ...(await convertWeb(services, read, { signal, ...secret })), path: download.url };
  }
  const isInput = source.kind === 'input';
  const bytes = isInput ? await readInput(services, signal) : readWhole(services, source.path);
  // without an ending the bytes alone decide
  const name = isInput ? 'stdin' : basename(source.path);
  const readAsset = isInput ? {} : { readAsset: assetsBeside(services, source.path) };
  const document = await services.convert({ name, bytes, ...readAsset }, { signal, ...secret });
  return { document, fileName: name, path: isInput ? '-' : services.realPath(source.path) };
}

function readWhole(services: Services, path: string): Uint8Array {
  const stat = services.sources.stat(path);
  if (stat === undefined) throw unusable('there is no such file', 'Check the path.');
  if (stat.kind === 'directory') throw unusable('it is a directory', 'Name the files in it.');
  if (stat.size > MOST_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // a pipe has no size that is known before
  for (const chunk of services.sources.chunks(path)) {
    size += chunk.length;
    if (size > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readInput(services: Services, signal: AbortSignal): Promise<Uint8Array> {
  const sink = new MemorySink();
  let size = 0;
  for await (const chunk of services.input(signal)) {
    size += chunk.length;
    if (size > MOST_BYTES) throw tooLarge();
    sink.write(chunk);
  }
  if (size === 0) throw unusable('nothing came', 'Put a document into it: openkb convert - < FILE');
  return sink.bytes();
}

const unusable = (why: string, hint: string) => new CliError('bad-source', why, { hint });

const tooLarge = () =>
  new CliError('too-large', `it has more than ${MOST_BYTES} bytes, which is the limit`, {
    hint: 'Split it into parts, for example one file a chapter.',
  });

class MemorySink implements Sink {
  #chunks: Uint8Array[] = [];

  write(bytes: Uint8Array): void {
    this.#chunks.push(Uint8Array.from(bytes));
  }

  restart(): void {
    this.#chunks = [];
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}
