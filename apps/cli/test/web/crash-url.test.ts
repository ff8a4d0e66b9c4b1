/** An add of a web source, stopped at every call to the disk that it makes. */
import type { FileSystem } from '@openkb/atomic-fs';
import { exploreCrashes, formatReport } from '@openkb/test-kit/crash-loop';
import { expect, test } from 'vitest';

import { knowledgeBaseAt } from '../../src/knowledge-base/open.ts';
import type { Services } from '../../src/services.ts';
import { ignore, ROOT, simulate, simulatedServices } from '../helpers/simulated.ts';
import { wordCompiler } from '../helpers/word-compiler.ts';

const URL = 'https://example.org/lamp.md';

/** A server that breaks off once and begins anew. */
const download: Services['download'] = (_url, { sink }) => {
  sink.write(Buffer.from('# A page that '));
  sink.restart();
  for (const part of ['# Lamp\n\n', 'The LIGHT of ', 'the LAMP.\n']) sink.write(Buffer.from(part));
  const found = { url: URL, finalUrl: URL, fileName: 'lamp.md', bytes: 31, messages: [] };
  return Promise.resolve(found);
};

const services = { compiler: () => Promise.resolve(wordCompiler), download };

const sources = { '/d/old.md': '# Old\n\nThe LIGHT of the HORN.\n' };

async function must(fileSystem: FileSystem, args: string[], process: number): Promise<void> {
  const { code, err } = await simulate(fileSystem, args, { services, sources, process });
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`);
}

test('an add of a web source that is cut short anywhere is before or after', async () => {
  const report = await exploreCrashes({
    name: 'an add of a web source',
    before: async (fileSystem) => {
      await must(fileSystem, ['init', ROOT], 1);
      await must(fileSystem, ['add', '--kb', ROOT, '/d/old.md'], 2);
    },
    operation: (fileSystem) => must(fileSystem, ['add', '--kb', ROOT, URL], 3),
    recover: async (fileSystem) => {
      const kb = knowledgeBaseAt(simulatedServices(fileSystem, { process: 9 }), ROOT, 'test');
      (await kb.journal.acquire('exclusive')).release();
    },
    ignore,
    model: 'journalling',
    randomImages: 1,
    nested: 2,
  });
  expect(formatReport(report)).toContain(' 0 violations');
  expect(report.violations).toEqual([]);
  expect(report.crashPoints).toBeGreaterThan(20);
});
