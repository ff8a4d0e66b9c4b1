import type { Change } from '@openkb/journal';
import { defaultConventions, emptyIndex, emptyLog } from '@openkb/wiki';

import { type Config, defaults, setInConfig } from './config.ts';
import { encodeText } from './files.ts';
import {
  configPath,
  conventionsPath,
  directories,
  indexPath,
  logPath,
  registryPath,
} from './layout.ts';
import { encodeRegistry } from './registry.ts';

/** All changes that make a knowledge base. A file that is there already is not overwritten: `conflict`. */
export function newKnowledgeBase(chosen: Pick<Config, 'model' | 'language'>): Change[] {
  // what people change; the other settings have their defaults without a line
  const { pageindex_threshold, entity_types, concurrency } = defaults;
  const config = { ...chosen, pageindex_threshold, entity_types, concurrency };
  const files: [string, Uint8Array][] = [
    [conventionsPath, encodeText(defaultConventions(chosen.language))],
    [indexPath, encodeText(emptyIndex())],
    [logPath, encodeText(emptyLog())],
    [configPath, encodeText(setInConfig('', config))],
    [registryPath, encodeRegistry(new Map())],
  ];
  return [
    ...directories.map((path): Change => ({ kind: 'directory', path })),
    ...files.map(([path, bytes]): Change => ({ kind: 'write', path, bytes, expect: 'absent' })),
  ];
}
