import { Document, isMap, parseDocument } from 'yaml';

import { CliError } from '../errors.ts';
import { configPath } from './layout.ts';

export interface Config {
  /** `provider/model`, or `extractive`. */
  readonly model: string;
  /** Language of the wiki, a BCP 47 tag. */
  readonly language: string;
  /** From so many pages on a document is stored page by page and gets a section tree. */
  readonly pageindex_threshold: number;
  /** Lower case; what fits none becomes `other`. */
  readonly entity_types: readonly string[];
  /** Requests to a model at once. */
  readonly concurrency: number;
  /** Commands whose originals are kept, for `history`, `diff` and `undo`; 0 keeps none. */
  readonly keep: number;
}

export const defaults: Config = {
  model: 'extractive',
  language: 'en',
  pageindex_threshold: 20,
  entity_types: ['person', 'organization', 'place', 'product', 'work', 'event', 'other'],
  concurrency: 5,
  keep: 20,
};

/** Reads `config.yaml`; a key that is missing has its default, one that is not ours is passed over. */
export function decodeConfig(text: string | undefined): Config {
  const values = text === undefined ? {} : mapping(text);
  const read = <T>(key: keyof Config, fallback: T, parse: (value: unknown) => T | undefined): T => {
    const value = values[key];
    if (value === undefined || value === null) return fallback;
    const parsed = parse(value);
    if (parsed === undefined) throw unusable(`"${key}" cannot be ${JSON.stringify(value)}`);
    return parsed;
  };
  return {
    model: read('model', defaults.model, word),
    language: read('language', defaults.language, word),
    pageindex_threshold: read('pageindex_threshold', defaults.pageindex_threshold, positive),
    entity_types: read('entity_types', defaults.entity_types, words),
    concurrency: read('concurrency', defaults.concurrency, positive),
    keep: read('keep', defaults.keep, (value) => (value === 0 ? 0 : positive(value))),
  };
}

/** The file's text with these values set; comments and every other key stay as they are. */
export function setInConfig(text: string, values: Partial<Config>): string {
  const document = text.trim() === '' ? new Document({}) : parseDocument(text);
  for (const [key, value] of Object.entries(values))
    document.set(key, Array.isArray(value) ? document.createNode(value) : value);
  return document.toString({ flowCollectionPadding: false, lineWidth: 0 });
}

function mapping(text: string): Record<string, unknown> {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw unusable(error.message.split('\n')[0] ?? error.message);
  if (document.contents === null) return {};
  if (!isMap(document.contents)) throw unusable('it holds no settings');
  return document.toJS() as Record<string, unknown>;
}

const word = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}

function words(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return [...defaults.entity_types];
  const types = value.map(word);
  if (types.includes(undefined)) return undefined;
  return (types as string[]).map((type) => type.toLowerCase());
}

function unusable(why: string): CliError {
  return new CliError('config-unusable', `cannot use the settings in "${configPath}": ${why}`, {
    hint: 'Correct the file in an editor; a line that is left out takes its default.',
  });
}
