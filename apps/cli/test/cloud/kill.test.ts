/* oxlint-disable no-await-in-loop, vitest/no-conditional-expect, vitest/valid-expect -- rounds run one after the other, and each expectation names its round */
/**
 * Real processes that import, killed with SIGKILL before calls to the disk that are spread over the whole import.
 * OPENKB_KILL_ROUNDS makes it more rounds.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { handbook } from '@openkb/test-kit/pageindex-server';
import { expect, onTestFinished, test } from 'vitest';

import { countCalls, spawnCli } from '../helpers/child.ts';
import { startCloud } from '../helpers/cloud.ts';
import { changedPaths, faults, read, sha256, tree } from '../helpers/knowledge-base.ts';
import { run, temporaryDirectory } from '../helpers/run.ts';

const ROUNDS = Math.max(16, Number(process.env['OPENKB_KILL_ROUNDS'] ?? 0));

/** The tree with the time stamps of the log made equal, and without what a dead process leaves. */
function comparable(kb: string): Record<string, string> {
  const log = read(kb, 'wiki/log.md').replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'then');
  const left = Object.entries(tree(kb)).filter(
    ([path]) => !/^\.openkb\/(?:staging|journal|history|cache)\//.test(path),
  );
  return { ...Object.fromEntries(left), 'wiki/log.md': sha256(log) };
}

test(
  `an import that is killed is before or after, in ${ROUNDS} rounds`,
  async () => {
    const dir = temporaryDirectory(onTestFinished);
    const kb = join(dir, 'kb');
    const { server, services } = await startCloud(onTestFinished, { documents: [handbook()] });
    const environment = { PAGEINDEX_API_KEY: server.apiKey, PAGEINDEX_API_URL: server.url };
    const seen = { before: 0, after: 0, killed: 0 };
    await run(dir, ['init', 'kb']);
    await run(dir, ['add', '--kb', 'kb', '--from-pageindex-cloud', 'pi-handbook'], { services });
    const before = comparable(kb);
    cpSync(kb, join(dir, 'start'), { recursive: true });
    server.addDocument({ ...handbook(), id: 'pi-2', name: 'second.pdf', tree: [{ title: 'All' }] });
    const args = ['add', '--kb', 'kb', '--from-pageindex-cloud', 'pi-2'];
    cpSync(kb, join(dir, 'counted'), { recursive: true });
    const calls = await countCalls(
      dir,
      ['add', '--kb', 'counted', '--from-pageindex-cloud', 'pi-2'],
      environment,
    );
    await run(dir, args, { services });
    const after = comparable(kb);
    for (let round = 1; round <= ROUNDS; round += 1) {
      rmSync(kb, { recursive: true });
      cpSync(join(dir, 'start'), kb, { recursive: true });
      const itself = {
        calls: Math.floor((round / ROUNDS) * calls * 1.1),
        signals: ['SIGKILL'],
      } as const;
      const child = spawnCli(dir, [...args, '--json'], undefined, environment, itself);
      if ((await child.ended).signal === 'SIGKILL') seen.killed += 1;
      const recovered = await run(dir, ['recover', '--kb', 'kb']);
      expect(recovered.code, `round ${round}`).toBe(0);
      const found = comparable(kb);
      const isAfter = changedPaths(after, found).length === 0;
      if (!isAfter) expect(changedPaths(before, found), `round ${round}`).toEqual([]);
      expect(faults(kb), `round ${round}`).toEqual([]);
      seen[isAfter ? 'after' : 'before'] += 1;
    }
    const counts = JSON.stringify(seen);
    expect(seen.before, counts).toBeGreaterThan(2);
    expect(seen.after, counts).toBeGreaterThan(2);
    expect(seen.killed, counts).toBeGreaterThan(ROUNDS / 2);
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  },
  ROUNDS * 60_000,
);
