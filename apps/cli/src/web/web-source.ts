import { isWebAddress, parseAddress, withoutCredentials } from '@openkb/download';

import type { FoundSource } from '../add/scan.ts';
import { CliError } from '../errors.ts';
import { explain } from '../explain.ts';

/** What a user named by a URL. */
export interface WebSource extends FoundSource {
  /** With the credentials that it may hold: never shown, never stored. */
  readonly url: string;
}

export const isWebSource = (source: FoundSource): source is WebSource => source.url !== undefined;

/**
 * The source that a text names by a URL; `undefined` for a path.
 *
 * @param verb what fails: `add`
 * @throws {CliError} for a URL that cannot be downloaded
 */
export function webSource(text: string, verb: string): WebSource | undefined {
  if (!isWebAddress(text)) return undefined;
  const shown = shownSource(text);
  try {
    const { href } = parseAddress(text).url;
    return { path: href, name: href, shown, url: text.trim() };
  } catch (error) {
    throw aboutSource(explain(error), shown, verb);
  }
}

/**
 * `"a.pdf" is damaged` as a failure of the command: `cannot add "a.pdf": it is damaged`; the source
 * by the words that the user chose for it.
 */
export function aboutSource(error: CliError, named: string, verb: string): CliError {
  const start = `cannot ${verb} "${shownSource(named)}": `;
  if (error.message.startsWith(start)) return error;
  return new CliError(error.code, start + error.message.replace(/^"[^"]*" /, 'it '), {
    ...(error.hint !== undefined && { hint: error.hint }),
    exitCode: error.exitCode,
    cause: error.cause ?? error,
  });
}

/** A source as it may be told to others: without the credentials that an address may hold. */
export const shownSource = (text: string): string =>
  isWebAddress(text) ? withoutCredentials(text.trim()) : text;

/** Arguments as they may be told to others. */
export const shownArguments = (args: readonly string[]): string => args.map(shownSource).join(' ');

/** Whether a path that leads nowhere may be meant as the address of a web page: `www.example.org/a`. */
export const lacksScheme = (text: string): boolean =>
  /^(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?\/|^www\.[\w-]+\.|^(?:localhost|\d+(?:\.\d+){3})[:/]/i.test(
    text,
  );
