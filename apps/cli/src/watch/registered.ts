import { createHash } from 'node:crypto';

import { pause } from '../add/pause.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { hasSystemCode } from '../system-code.ts';
import type { RawFile } from './raw-files.ts';

/**
 * Whether these bytes are a document already: what a command of ours put there, what was renamed, what was
 * there when an earlier watch ended. `undefined` where the file is gone meanwhile; what cannot be read is not.
 *
 * @throws {CliError} `interrupted`
 */
export async function isRegistered(
  file: RawFile,
  {
    services,
    kb,
    signal,
  }: {
    readonly services: Pick<Services, 'sources'>;
    readonly kb: Pick<KnowledgeBase, 'registry'>;
    readonly signal: AbortSignal;
  },
): Promise<boolean | undefined> {
  const hash = createHash('sha256');
  try {
    for (const chunk of services.sources.chunks(file.path)) {
      hash.update(chunk);
      // oxlint-disable-next-line no-await-in-loop -- lets Ctrl-C arrive while a large file is read
      await pause(signal);
    }
  } catch (error) {
    if (hasSystemCode(error, ['ENOENT', 'ENOTDIR'])) return undefined;
    // adding it will fail, and say why
    if (error instanceof Error && 'syscall' in error) return false;
    throw error;
  }
  return kb.registry().has(hash.digest('hex'));
}
