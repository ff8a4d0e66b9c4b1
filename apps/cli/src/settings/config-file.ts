/** Settings in a file of YAML: `config.yaml` of a knowledge base, or the user's own. */
import { Document, isMap, isScalar, parse, parseDocument } from 'yaml';

import { CliError } from '../errors.ts';
import { plainYaml } from './plain-yaml.ts';
import { type Config, isSetting, SETTINGS, type SettingName, settingNames } from './table.ts';

/** Values that are set, by the setting's name; the others are absent. */
export type Values = Partial<Config>;

/** Reads a file's settings; a key that is not ours is passed over. `shown` names the file in errors. */
export function readSettings(text: string | undefined, shown: string): Values {
  const values = text === undefined ? {} : mapping(text, shown);
  const found: Record<string, unknown> = {};
  for (const name of settingNames) {
    const value = lookUp(values, name);
    if (value === undefined || value === null) continue;
    const parsed = SETTINGS[name].parse(value);
    if (parsed === undefined) throw unusable(`"${name}" cannot be ${JSON.stringify(value)}`, shown);
    found[name] = parsed;
  }
  return found;
}

/**
 * The file's text with these values set; comments and every other key stay as they are.
 *
 * @throws {CliError} `config-unusable` where a block that they belong to is something else
 */
export function setInFile(text: string, values: Values, shown = 'config.yaml'): string {
  const document = text.trim() === '' ? new Document({}) : parseDocument(text);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const node = typeof value === 'object' ? document.createNode(value) : value;
    const path = name.split('.');
    const [block = ''] = path;
    const there: unknown = path.length > 1 ? document.get(block) : undefined;
    if (path.length > 1 && there === undefined) document.delete(block);
    else if (there !== undefined && !isMap(there)) throw noBlock(block, shown);
    document.setIn(path, node);
  }
  return print(document);
}

const noBlock = (block: string, shown: string) =>
  unusable(`"${block}" is no block of settings`, shown);

/** The file's text without a value; `undefined` where it is not set there. */
export function unsetInFile(text: string, name: string): string | undefined {
  const document = parseDocument(text);
  const path = name.split('.');
  if (!document.hasIn(path)) return undefined;
  document.deleteIn(path);
  const [block = ''] = path;
  const left = document.get(block);
  if (path.length > 1 && isMap(left) && left.items.length === 0) document.delete(block);
  return isMap(document.contents) && document.contents.items.length === 0 ? '' : print(document);
}

/**
 * A value as it is typed on a command line: a word is text, `[a, b]` and `{a: b}` are YAML, and a list may
 * be given with commas.
 *
 * @throws {CliError} `bad-value`
 */
export function parseValue(name: SettingName, typed: string): Config[SettingName] {
  const candidates: (() => unknown)[] = [
    () => typed,
    () => parse(typed) as unknown,
    () => typed.split(',').map((one) => one.trim()),
  ];
  for (const candidate of candidates) {
    try {
      const parsed = SETTINGS[name].parse(candidate());
      if (parsed !== undefined) return parsed;
    } catch {
      // no YAML; the next reading
    }
  }
  throw new CliError('bad-value', `"${name}" cannot be "${typed}"`, {
    hint: `It is: ${SETTINGS[name].about}.`,
  });
}

/** @throws {CliError} `unknown-setting` */
export function settingNamed(name: string): SettingName {
  if (isSetting(name)) return name;
  const known = settingNames.find((one) => one.endsWith(`.${name}`));
  throw new CliError('unknown-setting', `there is no setting "${name}"`, {
    hint: known ? `Did you mean ${known}?` : "See 'openkb config list'.",
  });
}

function print(document: Document): string {
  return document.toString({ flowCollectionPadding: false, lineWidth: 0 });
}

function lookUp(values: Record<string, unknown>, name: string): unknown {
  let value: unknown = values;
  for (const key of name.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Every key of a file as it is written there; none where there is no file. */
export const rawSettings = (text: string | undefined, shown: string): Record<string, unknown> =>
  text === undefined ? {} : mapping(text, shown);

/** What the last texts say: a command asks for the same two files again and again. */
const known = new Map<string, Record<string, unknown>>();
const MOST_KNOWN = 4;

function mapping(text: string, shown: string): Record<string, unknown> {
  const there = known.get(text);
  if (there !== undefined) return there;
  const values = frozen(parseMapping(text, shown));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, values);
  return values;
}

/** Nobody who is given it changes what others are given. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const one of Object.values(value)) frozen(one);
  return value;
}

function parseMapping(text: string, shown: string): Record<string, unknown> {
  const plain = plainYaml(text);
  if (plain !== undefined) return plain;
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw unusable(error.message.split('\n')[0] ?? error.message, shown);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return {};
  if (!isMap(contents)) throw unusable('it holds no settings', shown);
  try {
    return document.toJS() as Record<string, unknown>;
  } catch (cause) {
    // aliases that grow without end, or lead nowhere
    throw unusable(cause instanceof Error ? cause.message : String(cause), shown);
  }
}

function unusable(why: string, shown: string): CliError {
  return new CliError('config-unusable', `cannot use the settings in "${shown}": ${why}`, {
    hint: 'Correct the file in an editor; a line that is left out takes its default.',
  });
}
