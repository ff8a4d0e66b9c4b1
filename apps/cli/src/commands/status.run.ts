import { join } from 'node:path';

import type { FileSystem } from '@openkb/atomic-fs';
import type { PendingMutation } from '@openkb/journal';

import type { Context } from '../command.ts';
import { lostRegistry } from '../knowledge-base/lost-registry.ts';
import { openKnowledgeBase } from '../knowledge-base/open.ts';
import { pageNames } from '../knowledge-base/pages.ts';
import { describePending } from '../knowledge-base/pending.ts';
import type { Print } from '../report/reporter.ts';
import { table } from '../report/table.ts';
import { bytes, count } from '../report/words.ts';

interface Status {
  readonly type: 'status';
  readonly root: string;
  readonly model: string;
  readonly language: string;
  readonly documents: number;
  readonly pages: Readonly<Record<string, number>>;
  /** Bytes by directory. */
  readonly disk: Readonly<Record<string, number>>;
  /** There are documents and no registry of them. */
  readonly registryMissing?: true;
  readonly unfinished: readonly PendingMutation[];
  /** What `recover` put into `.openkb/quarantine/`. */
  readonly setAside: readonly string[];
  readonly locks: string;
}

/** Looks only: takes no lock and recovers nothing, so that it works in any state. */
export async function run(args: Context): Promise<void> {
  const services = await args.services();
  const kb = openKnowledgeBase(services, args, 'openkb status');
  const { model, language } = kb.config();
  const kinds = ['summaries', 'concepts', 'entities', 'explorations', 'reports'];
  const status: Status = {
    type: 'status',
    root: kb.root,
    model,
    language,
    documents: kb.registry().size,
    pages: Object.fromEntries(kinds.map((kind) => [kind, pageNames(kb.files, kind).length])),
    disk: Object.fromEntries(
      ['raw', 'wiki', '.openkb'].map((name) => [name, sizeOf(kb.fileSystem, join(kb.root, name))]),
    ),
    ...(lostRegistry(kb) && { registryMissing: true }),
    unfinished: kb.journal.pending(),
    setAside: kb.journal.setAside(),
    locks: services.locks().name,
  };
  args.reporter.result(status, print);
}

/** Bytes of the files in a directory; what goes away meanwhile counts nothing. */
function sizeOf(fileSystem: FileSystem, path: string): number {
  const stat = fileSystem.stat(path);
  if (stat?.kind === 'file') return stat.size;
  if (stat?.kind !== 'directory') return 0;
  return fileSystem.list(path).reduce((sum, name) => sum + sizeOf(fileSystem, join(path, name)), 0);
}

const print: Print<Status> = (status, { bold, odd, bad }) => {
  return [
    bold(status.root),
    ...table([
      ['model', status.model],
      ['language', status.language],
      ['documents', String(status.documents)],
      ...Object.entries(status.pages).map(([kind, number]) => [kind, String(number)]),
      ...Object.entries(status.disk).map(([name, size]) => [`size of ${name}`, bytes(size)]),
    ]),
    ...(status.registryMissing
      ? [`${bad('the registry is missing:')} run 'openkb doctor --rebuild-registry'`]
      : []),
    ...status.unfinished.map(
      (mutation) => `${odd('unfinished:')} ${describePending(mutation)}; run 'openkb recover'`,
    ),
    ...(status.setAside.length === 0
      ? []
      : [`set aside in .openkb/quarantine: ${count(status.setAside.length, 'change')}`]),
  ];
};
