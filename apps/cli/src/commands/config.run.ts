import type { Context } from '../command.ts';
import { CliError, usageError } from '../errors.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { findRoot } from '../knowledge-base/find.ts';
import { configPath } from '../knowledge-base/layout.ts';
import { type KnowledgeBase, openKnowledgeBase, underLock } from '../knowledge-base/open.ts';
import type { Print } from '../report/reporter.ts';
import { table } from '../report/table.ts';
import type { Services } from '../services.ts';
import {
  parseValue,
  readSettings,
  setInFile,
  settingNamed,
  unsetInFile,
} from '../settings/config-file.ts';
import { type EffectiveSetting, effectiveSettings } from '../settings/effective.ts';
import { changeUserFile, readUserFile } from '../settings/user-file.ts';

interface Args extends Context {
  action: 'list' | 'get' | 'set' | 'unset';
  setting: string | undefined;
  value: string | undefined;
  global: boolean;
  showOrigin: boolean;
}

interface Listed {
  readonly type: 'config';
  readonly settings: readonly EffectiveSetting[];
}

interface Changed {
  readonly type: 'config-changed';
  readonly name: string;
  /** Absent where it was unset. */
  readonly value?: unknown;
  readonly file: string;
}

export async function run(args: Args): Promise<ExitCode> {
  const services = await args.services();
  const { action, reporter, showOrigin } = args;
  if (action === 'list' || action === 'get') {
    const settings = settingsFor(services, args);
    const listed: Listed = { type: 'config', settings };
    if (action === 'list') reporter.result(listed, showOrigin ? printOrigins : printList);
    else reporter.result(listed, showOrigin ? printOrigins : printValue);
    return exitCodes.done;
  }
  reporter.result(await changeSetting(services, args), printChanged);
  return exitCodes.done;
}

function settingsFor(services: Services, args: Args): readonly EffectiveSetting[] {
  const { action, setting, global } = args;
  const user = readUserFile(services);
  const own = user ? [{ from: user.path, values: readSettings(user.text, user.path) }] : [];
  const settings = effectiveSettings(global ? own : [...ofKnowledgeBase(services, args), ...own]);
  if (action === 'list') return settings;
  const wanted = settingNamed(named(setting));
  return settings.filter(({ name }) => name === wanted);
}

function ofKnowledgeBase(services: Services, args: Args) {
  findRoot(services, args);
  const { files } = openKnowledgeBase(services, args, 'openkb config');
  return [{ from: configPath, values: readSettings(files.text(configPath).text, configPath) }];
}

async function changeSetting(services: Services, args: Args): Promise<Changed> {
  const { action, setting, value, global } = args;
  const name = settingNamed(named(setting));
  if (action === 'set' && value === undefined)
    throw usageError(`name a value for "${name}"`, `Such as: openkb config set ${name} VALUE`);
  const parsed = value === undefined || action === 'unset' ? undefined : parseValue(name, value);
  const edit = (text: string, shown: string) => {
    readSettings(text, shown); // what cannot be read is not written over
    if (parsed !== undefined) return setInFile(text, { [name]: parsed }, shown);
    const without = unsetInFile(text, name);
    if (without === undefined)
      throw new CliError('not-set', `"${name}" is not set in "${shown}"`, {
        hint: "'openkb config list --show-origin' says where it is.",
      });
    return without;
  };
  const file = global
    ? await changeUserFile(services, (text) => edit(text, 'your own settings'))
    : await changeKnowledgeBase(openKnowledgeBase(services, args, 'openkb config'), args, edit);
  return { type: 'config-changed', name, ...(parsed !== undefined && { value: parsed }), file };
}

/** A mutation like any other; read and written under one lock, since both are short. */
async function changeKnowledgeBase(
  kb: KnowledgeBase,
  args: Args,
  edit: (text: string, shown: string) => string,
): Promise<string> {
  await underLock(kb, args, (session) => {
    const { text, expect } = kb.files.text(configPath);
    const bytes = encodeText(edit(text ?? '', configPath));
    const change = { kind: 'write', path: configPath, bytes, expect } as const;
    return session.commit({ operation: 'config', subject: args.setting ?? '', changes: [change] });
  });
  return configPath;
}

function named(setting: string | undefined): string {
  if (setting !== undefined) return setting;
  throw usageError('name a setting', "See 'openkb config list'.");
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

const printValue: Print<Listed> = ({ settings }) => settings.map(({ value }) => shown(value));

const printList: Print<Listed> = ({ settings }, { dim }) => {
  const rows = table(settings.map(({ name, value }) => [name, shown(value)]));
  return rows.map((row, i) => `${row}  ${dim(`# ${settings[i]?.about}`)}`);
};

const printOrigins: Print<Listed> = ({ settings }) =>
  table(settings.map(({ name, value, from }) => [name, shown(value), from ?? 'default']));

const printChanged: Print<Changed> = ({ name, value, file }, { good }) =>
  value === undefined
    ? [`${good('unset')}  ${name} in ${file}`]
    : [`${good('set')}  ${name} to ${shown(value)} in ${file}`];
