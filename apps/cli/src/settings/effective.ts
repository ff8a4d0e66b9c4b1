/** Where each setting's value comes from: the knowledge base, then the user's own file, then the default. */
import type { Services } from '../services.ts';
import { readSettings, type Values } from './config-file.ts';
import { type Config, SETTINGS, type SettingName, settingNames } from './table.ts';
import { readUserFile } from './user-file.ts';

export interface EffectiveSetting {
  readonly name: SettingName;
  readonly value: Config[SettingName];
  /** The file that sets it; absent for a default. */
  readonly from?: string;
  readonly about: string;
}

/** Settings of the user's own file; none where there is no such file. */
export function userValues(services: Pick<Services, 'environment' | 'fileSystem'>): Values {
  const file = readUserFile(services);
  return file === undefined ? {} : readSettings(file.text, file.path);
}

/** @param layers files that set values, the one that counts first */
export function effectiveSettings(
  layers: readonly { readonly from: string; readonly values: Values }[],
): EffectiveSetting[] {
  return settingNames.map((name) => {
    const { about, fallback } = SETTINGS[name];
    const layer = layers.find(({ values }) => values[name] !== undefined);
    if (layer === undefined) return { name, value: fallback, about };
    return { name, value: layer.values[name], from: layer.from, about };
  });
}
