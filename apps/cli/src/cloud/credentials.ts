/**
 * The key and the address of PageIndex Cloud: from the environment, else the `.env` of the knowledge
 * base, else the user's own `.env`. A knowledge base may come from somebody else: an address that it
 * names never gets a key that is the user's.
 */
import { join } from 'node:path';

import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { userEnvText } from '../settings/user-env.ts';

/** The service at its public address. */
const PUBLIC_URL = 'https://api.pageindex.ai';

export interface Credentials {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** Where the key is set, for people: `the environment`. */
  readonly keyFrom: string;
  /** The key comes with the knowledge base. */
  readonly foreignKey: boolean;
  /** The address was named by the knowledge base. */
  readonly foreignAddress: boolean;
  /** The knowledge base names an address that the key is not sent to. */
  readonly passedOver?: string;
}

interface Origin {
  readonly name: string;
  /** Comes with the knowledge base, not from the user. */
  readonly foreign: boolean;
  readonly get: (name: string) => string | undefined;
}

const addressOf = ({ get }: Origin) => get('PAGEINDEX_API_URL');

/** What is empty is not set. */
const filled = (value: string | undefined) =>
  value === undefined || value.trim() === '' ? undefined : value.trim();

/** `undefined` where no key is set. */
export async function findCredentials(
  services: Services,
  kb: Pick<KnowledgeBase, 'files'> | undefined,
): Promise<Credentials | undefined> {
  const all = await originsOf(services, kb);
  const from = all.find(({ get }) => get('PAGEINDEX_API_KEY') !== undefined);
  const apiKey = from?.get('PAGEINDEX_API_KEY');
  if (from === undefined || apiKey === undefined) return undefined;
  const trusted = all.filter(({ foreign }) => !foreign || from.foreign);
  const at = trusted.find((origin) => addressOf(origin) !== undefined);
  const passedOver = all.filter((origin) => !trusted.includes(origin)).map(addressOf)[0];
  return {
    apiKey,
    baseUrl: (at && addressOf(at)) ?? PUBLIC_URL,
    keyFrom: from.name,
    foreignKey: from.foreign,
    foreignAddress: at?.foreign ?? false,
    ...(passedOver !== undefined && at === undefined && { passedOver }),
  };
}

/** @throws {CliError} `no-key` */
export async function needCredentials(
  services: Services,
  kb: Pick<KnowledgeBase, 'files'> | undefined,
): Promise<Credentials> {
  const found = await findCredentials(services, kb);
  if (found !== undefined) return found;
  throw new CliError('no-key', 'cannot use PageIndex Cloud: PAGEINDEX_API_KEY is not set', {
    hint: `Set it in the environment${kb ? `, in "${join(kb.files.root, '.env')}"` : ''} or in your own ~/.config/openkb/.env.`,
    exitCode: exitCodes.key,
  });
}

async function originsOf(
  services: Services,
  kb: Pick<KnowledgeBase, 'files'> | undefined,
): Promise<readonly Origin[]> {
  const { environment } = services;
  const origins: Origin[] = [
    { name: 'the environment', foreign: false, get: (name) => filled(environment[name]) },
  ];
  const { parseEnvFile } = await import('@openkb/language-model');
  const ofBase = kb?.files.text('.env').text;
  const ofUser = userEnvText(services);
  for (const [name, foreign, text] of [
    ['the .env of the knowledge base', true, ofBase],
    ['your own .env', false, ofUser],
  ] as const) {
    const values = parseEnvFile(text ?? '');
    origins.push({ name, foreign, get: (key) => filled(values[key]) });
  }
  return origins;
}
