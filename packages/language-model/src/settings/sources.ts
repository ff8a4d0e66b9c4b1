/** Where settings come from, and how the first found is found with its origin. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** A file of settings and the keys beside it. */
export interface SettingLayer {
  /** `model`, `base_url`, `concurrency` and the `litellm` block; other keys are passed over. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Variables of its `.env`. */
  readonly env?: Environment | undefined;
}

export interface SettingSources {
  readonly flags?:
    | { readonly model?: string | undefined; readonly baseUrl?: string | undefined }
    | undefined;
  /** The process's environment variables. */
  readonly environment: Environment;
  /** Of the knowledge base; it may have come from somebody else. */
  readonly knowledgeBase?: SettingLayer | undefined;
  /** The user's own file. */
  readonly user?: SettingLayer | undefined;
}

export type Origin = 'flags' | 'environment' | 'knowledge base' | 'user' | 'default';

export interface Found {
  readonly value: string;
  readonly origin: Origin;
  /** The variable or setting that holds it. */
  readonly name: string;
}

/** What names a setting in each kind of source. */
export interface SettingNames {
  readonly flag?: 'model' | 'baseUrl';
  readonly variables?: readonly string[];
  readonly settings?: readonly string[];
}

/** Every value of the setting: flags, then environment, then knowledge base, then user. */
export function findAll(sources: SettingSources, names: SettingNames): Found[] {
  const { flags, environment, knowledgeBase, user } = sources;
  const flag = names.flag && flags?.[names.flag];
  return [
    ...texts('flags', names.flag === undefined ? [] : [[names.flag, flag]]),
    ...texts('environment', variables(environment, names)),
    ...texts('knowledge base', [
      ...settings(knowledgeBase, names),
      ...variables(knowledgeBase?.env, names),
    ]),
    ...texts('user', [...settings(user, names), ...variables(user?.env, names)]),
  ];
}

type Named = readonly (readonly [name: string, value: unknown])[];

function variables(env: Environment | undefined, { variables: all = [] }: SettingNames): Named {
  return all.map((name) => [name, env?.[name]] as const);
}

function settings(layer: SettingLayer | undefined, { settings: all = [] }: SettingNames): Named {
  return all.map((name) => [name, layer?.settings?.[name]] as const);
}

function texts(origin: Origin, named: Named): Found[] {
  return named.flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== '' ? [{ value: value.trim(), origin, name }] : [],
  );
}
