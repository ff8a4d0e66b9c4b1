import { dirname, join, relative, resolve, sep } from 'node:path';

import { readFile, writeNewFile } from '@openkb/atomic-fs';
import type { ConvertedDocument, ConvertOptions } from '@openkb/converter';
import type { Staging } from '@openkb/journal';

import { CliError } from '../errors.ts';
import { bytes as inBytes } from '../report/words.ts';
import type { Services } from '../services.ts';
import type { AddRun } from './add-source.ts';
import type { FoundSource } from './scan.ts';

/** A source whose bytes are ours: what is hashed, stored and converted is one and the same. */
export interface Received {
  readonly source: FoundSource;
  readonly sha256: string;
  /** Absolute path of the copy in the staging directory. */
  readonly staged: string;
}

/** Pictures beside a source are read up to this size. */
const MOST_ASSET_BYTES = 64 * 2 ** 20;
/** Larger sources are refused before they are copied; a converter may refuse smaller ones. */
const MOST_SOURCE_BYTES = 512 * 2 ** 20;
/** UTF-16 units of text that a compile takes in one piece. */
const MOST_TEXT = 24_000_000;

/** Copies the source into the staging directory and hashes it on the way. */
export function receive(services: Services, staging: Staging, source: FoundSource): Received {
  const size = services.sources.stat(source.path)?.size ?? 0;
  if (size > MOST_SOURCE_BYTES) throw tooLarge(source, inBytes(size), inBytes(MOST_SOURCE_BYTES));
  const staged = join(staging.directory, 'source');
  const { sha256 } = writeNewFile(
    services.fileSystem,
    staged,
    services.sources.chunks(source.path),
  );
  return { source, sha256, staged };
}

/** What a run tells the converter. */
export const conversionOptions = ({
  lock: { signal },
  password,
}: Pick<AddRun, 'lock' | 'password'>): Pick<ConvertOptions, 'signal' | 'password'> => ({
  signal,
  ...(password !== undefined && { password }),
});

/**
 * Converts the staged bytes.
 * @throws {ConversionError}
 */
export async function convertReceived(
  services: Services,
  { source, staged }: Received,
  options: Pick<ConvertOptions, 'signal' | 'password'>,
): Promise<ConvertedDocument> {
  return services.convert(
    {
      name: source.name,
      bytes: readFile(services.fileSystem, staged),
      readAsset: assetsBeside(services, source.path),
    },
    options,
  );
}

/** @throws {CliError} `no-text`, `too-large` */
export function refuseText(document: ConvertedDocument, source: FoundSource): void {
  if (document.markdown.length > MOST_TEXT)
    throw tooLarge(
      source,
      `${inBytes(document.markdown.length)} of text`,
      `${inBytes(MOST_TEXT)} of text`,
    );
  if (!hasText(document.markdown)) throw noText(source, showsPictures(document));
}

/** Reads pictures beside a source, and nothing outside its directory. */
export const assetsBeside =
  (services: Services, sourcePath: string) =>
  (path: string): Uint8Array | undefined =>
    readAsset(services, dirname(sourcePath), path);

function readAsset(services: Services, directory: string, path: string): Uint8Array | undefined {
  const home = services.realPath(directory);
  const real = services.realPath(resolve(directory, path));
  const inside = relative(home, real);
  if (inside === '' || inside.startsWith(`..${sep}`) || inside === '..') return undefined;
  const stat = services.sources.stat(real);
  if (stat?.kind !== 'file' || stat.size > MOST_ASSET_BYTES) return undefined;
  return Buffer.concat([...services.sources.chunks(real)]);
}

function showsPictures({ images, messages }: ConvertedDocument): boolean {
  return images.length > 0 || messages.some(({ code }) => code === 'scanned-pages');
}

/** Whether anything is left to read without pictures. */
function hasText(markdown: string): boolean {
  return /[\p{L}\p{N}]/u.test(markdown.replace(/!\[[^\]]*\]\([^)]*\)/g, ''));
}

function noText({ shown, url }: FoundSource, pictures: boolean): CliError {
  const why = pictures ? 'it has pictures but no text' : 'it has no text';
  return new CliError('no-text', `cannot add "${shown}": ${why}`, {
    hint: pictures
      ? 'If it is a scan, run it through text recognition (OCR) first and add the result.'
      : url === undefined
        ? 'Check that it is the right file.'
        : 'A script may write it, or it wants a login: open it in a browser, save it, and add the file.',
  });
}

function tooLarge({ shown }: FoundSource, size: string, limit: string): CliError {
  return new CliError(
    'too-large',
    `cannot add "${shown}": it has ${size}, and the limit is ${limit}`,
    {
      hint: 'Split it into parts, for example one file a chapter, and add those.',
    },
  );
}
