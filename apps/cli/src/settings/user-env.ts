import { join } from 'node:path';

import type { Services } from '../services.ts';

/**
 * The text of the user's own `.env`, where their keys are for all knowledge bases: `openkb/.env` below
 * `$XDG_CONFIG_HOME`, else below `~/.config`. Empty where there is none.
 */
export function userEnvText({
  environment,
  sources,
}: Pick<Services, 'environment' | 'sources'>): string {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const configured = environment['XDG_CONFIG_HOME'];
  const directories = [
    ...(configured ? [configured] : []),
    ...(home ? [join(home, '.config')] : []),
  ];
  const path = directories
    .map((directory) => join(directory, 'openkb', '.env'))
    .find((file) => sources.stat(file)?.kind === 'file');
  return path === undefined ? '' : Buffer.concat([...sources.chunks(path)]).toString('utf8');
}
