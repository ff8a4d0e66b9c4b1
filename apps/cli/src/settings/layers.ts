/**
 * What is set where, as the packages that talk to services want it: the process's environment, the
 * knowledge base's `config.yaml` and `.env`, the user's own file and the `.env` beside it. A knowledge base
 * may have come from somebody else, so that who set a thing matters.
 */
import { parseEnvFile, type SettingSources } from '@openkb/language-model';

import { configPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { rawSettings } from './config-file.ts';
import { userEnvText } from './user-env.ts';
import { readUserFile } from './user-file.ts';

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
