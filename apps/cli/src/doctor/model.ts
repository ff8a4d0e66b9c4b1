import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { settingLayers } from '../settings/layers.ts';
import { broken, type Finding } from './finding.ts';

/** Which model compiles, where its key is from, and whether it is known; nobody is asked. */
export async function modelFinding(
  services: Services,
  kb: Pick<KnowledgeBase, 'files'> | undefined,
): Promise<Finding> {
  const name = 'model';
  try {
    const { resolveModelSettings } = await import('@openkb/language-model');
    const settings = resolveModelSettings(settingLayers(services, kb));
    if (settings === undefined)
      return { name, status: 'ok', text: 'extractive: no key and no network are needed' };
    const { options, origins, host, messages } = settings;
    // what is missing is found where the model is opened
    const opened = await services.languageModel(options);
    await opened.close();
    const key = origins.key === undefined ? 'without a key' : `key from ${placeOf(origins.key)}`;
    const text = `${options.model} at ${host}, ${key}`;
    const [hint] = messages;
    return hint === undefined ? { name, status: 'ok', text } : { name, status: 'note', text, hint };
  } catch (error) {
    return broken(name, error);
  }
}

function placeOf(origin: string): string {
  if (origin === 'knowledge base') return "the knowledge base's .env";
  return origin === 'user' ? 'your own .env' : 'the environment';
}
