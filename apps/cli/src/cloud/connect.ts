import type { PageIndexClient } from '@openkb/pageindex-cloud';

import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { KnowledgeBase, LockContext } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { type Credentials, needCredentials } from './credentials.ts';

/** A client of the service with the key that was found. */
export interface Connection {
  readonly client: PageIndexClient;
  readonly credentials: Credentials;
}

/** Whether what is sent there can be read on the way: http to another machine. */
function isOpenToAll(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/**
 * @throws {CliError} `no-key`, `bad-credentials`
 */
export async function connect(
  services: Services,
  kb: Pick<KnowledgeBase, 'files'> | undefined,
  { reporter }: Pick<LockContext, 'reporter'>,
): Promise<Connection> {
  const credentials = await needCredentials(services, kb);
  const { apiKey, baseUrl, keyFrom, passedOver } = credentials;
  if (passedOver !== undefined)
    reporter.warn(
      `the address "${passedOver}" in the .env of the knowledge base is not used: your key is from ${keyFrom}`,
    );
  if (isOpenToAll(baseUrl))
    reporter.warn(`your key goes to "${baseUrl}" without encryption; use an https address`);
  try {
    return { client: await services.cloud({ apiKey, baseUrl }), credentials };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CliError('bad-credentials', `cannot use PageIndex Cloud: ${error.message}`, {
      hint: `Check PAGEINDEX_API_KEY and PAGEINDEX_API_URL; the key is from ${keyFrom}.`,
      exitCode: exitCodes.key,
      cause: error,
    });
  }
}
