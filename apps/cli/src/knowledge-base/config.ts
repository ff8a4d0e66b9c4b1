import { readSettings, setInFile, type Values } from '../settings/config-file.ts';
import { type Config, SETTINGS, settingNames } from '../settings/table.ts';
import { configPath } from './layout.ts';

export type { Config } from '../settings/table.ts';

export const defaults: Config = Object.fromEntries(
  settingNames.map((name) => [name, SETTINGS[name].fallback]),
) as unknown as Config;

/**
 * Reads `config.yaml`; a key that is missing has the user's value, else its default, one that is not ours
 * is passed over.
 */
export function decodeConfig(text: string | undefined, user: Values = {}): Config {
  return { ...defaults, ...user, ...readSettings(text, configPath) };
}

/** The file's text with these values set; comments and every other key stay as they are. */
export const setInConfig: (text: string, values: Values) => string = setInFile;
