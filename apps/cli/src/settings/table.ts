/**
 * Every setting: what it means, its default, and which values it can have. The names are those of the
 * Python program's `config.yaml` where it has them. A dot stands for a block: `litellm.timeout`.
 */

/** The settings of a knowledge base. */
export interface Config {
  /** `provider/model`, or `extractive`. */
  readonly model: string;
  /** Language of the wiki, a BCP 47 tag. */
  readonly language: string;
  /** From so many pages on a document is stored page by page and gets a section tree. */
  readonly pageindex_threshold: number;
  /** Whether long documents go to PageIndex Cloud; `auto`: where a key is set, and said. */
  readonly pageindex_cloud: boolean | 'auto';
  /** Lower case; what fits none becomes `other`. */
  readonly entity_types: readonly string[];
  /** Requests to a model at once. */
  readonly concurrency: number;
  /** Commands whose originals are kept, for `history`, `diff` and `undo`; 0 keeps none. */
  readonly keep: number;
  /** Address of the model's API in place of the provider's own. */
  readonly base_url: string | undefined;
  /** Seconds for one request to a model. */
  readonly 'litellm.timeout': number | undefined;
  /** Further tries after a failure that may pass. */
  readonly 'litellm.num_retries': number | undefined;
  /** Sent with every request to a model. */
  readonly 'litellm.extra_headers': Readonly<Record<string, string>> | undefined;
  /** Leaves out what a model refuses and can do without. */
  readonly 'litellm.drop_params': boolean | undefined;
}

export type SettingName = keyof Config;

export interface Setting<T> {
  readonly about: string;
  readonly fallback: T;
  /** `undefined`: it cannot be that. */
  readonly parse: (value: unknown) => T | undefined;
}

const ENTITY_TYPES = ['person', 'organization', 'place', 'product', 'work', 'event', 'other'];

export const SETTINGS: { readonly [K in SettingName]: Setting<Config[K]> } = {
  model: { about: 'provider/model, or extractive', fallback: 'extractive', parse: word },
  language: { about: 'language of the wiki: en, de, zh-Hans', fallback: 'en', parse: word },
  pageindex_threshold: {
    about: 'pages from which a document is long',
    fallback: 20,
    parse: positive,
  },
  pageindex_cloud: {
    about: 'send long documents to PageIndex Cloud: true, false, or auto (where a key is set)',
    fallback: 'auto',
    parse: (value) => (value === 'auto' ? 'auto' : flag(value)),
  },
  entity_types: { about: 'kinds of entity pages', fallback: ENTITY_TYPES, parse: entityTypes },
  concurrency: { about: 'requests to a model at once', fallback: 5, parse: positive },
  keep: { about: 'changes that can be undone', fallback: 20, parse: count },
  base_url: {
    about: "address of the model's API in place of the provider's own",
    fallback: undefined,
    parse: address,
  },
  'litellm.timeout': {
    about: 'seconds for one request to a model',
    fallback: undefined,
    parse: seconds,
  },
  'litellm.num_retries': {
    about: 'further tries after a failure that may pass',
    fallback: undefined,
    parse: count,
  },
  'litellm.extra_headers': {
    about: 'headers of every request to a model',
    fallback: undefined,
    parse: headers,
  },
  'litellm.drop_params': {
    about: 'leave out what a model refuses and can do without',
    fallback: undefined,
    parse: flag,
  },
};

export const settingNames = Object.keys(SETTINGS) as readonly SettingName[];

export const isSetting = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Numbers may stand in quotes. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function count(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function positive(value: unknown): number | undefined {
  return count(value) || undefined;
}

function seconds(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && number > 0 ? number : undefined;
}

function flag(value: unknown): boolean | undefined {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'boolean' ? value : undefined;
}

function address(value: unknown): string | undefined {
  const text = word(value);
  return text !== undefined && URL.canParse(text) && /^https?:/i.test(text) ? text : undefined;
}

function headers(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(([name, one]) => [name, String(one)] as const);
  return Object.fromEntries(entries);
}

function entityTypes(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return ENTITY_TYPES;
  const types = value.map(word);
  if (types.includes(undefined)) return undefined;
  return (types as string[]).map((type) => type.toLowerCase());
}
