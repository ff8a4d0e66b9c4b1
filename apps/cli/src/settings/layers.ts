/**
 * What is set where, as the packages that talk to services want it: the process's environment, the
 * knowledge base's `config.yaml` and `.env`, the user's own file and the `.env` beside it. A knowledge base
 * may have come from somebody else, so that who set a thing matters.
 */
import { dirname, join } from 'node:path';

import { parseEnvFile, type SettingSources } from '@openkb/language-model';

import { configPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { rawSettings } from './config-file.ts';
import { readUserFile, userFilePath } from './user-file.ts';

export function settingLayers(
  services: Pick<Services, 'environment' | 'fileSystem' | 'sources'>,
  kb: Pick<KnowledgeBase, 'files'> | undefined,
): Omit<SettingSources, 'flags'> {
  const user = readUserFile(services);
  return {
    environment: services.environment,
    ...(kb && {
      knowledgeBase: {
        settings: rawSettings(kb.files.text(configPath).text, configPath),
        env: parseEnvFile(kb.files.text('.env').text ?? ''),
      },
    }),
    user: {
      ...(user && { settings: rawSettings(user.text, user.path) }),
      env: parseEnvFile(userEnvText(services)),
    },
  };
}

/** The user's own `.env`, beside their settings: where their keys are for all knowledge bases. */
export function userEnvPath(services: Pick<Services, 'environment'>): string | undefined {
  const settings = userFilePath(services);
  return settings && join(dirname(settings), '.env');
}

function userEnvText(services: Pick<Services, 'environment' | 'sources'>): string {
  const path = userEnvPath(services);
  if (path === undefined || services.sources.stat(path)?.kind !== 'file') return '';
  return Buffer.concat([...services.sources.chunks(path)]).toString('utf8');
}
