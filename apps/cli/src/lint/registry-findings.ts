/** The registry against the files: what a document is missing, and what belongs to no document. */
import { basename } from 'node:path';

import { isPassedOver } from '../add/passed-over.ts';
import { imagesPath, registryPath, sourceTextPath, wikiPath } from '../knowledge-base/layout.ts';
import { lostRegistry } from '../knowledge-base/lost-registry.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { pageNames } from '../knowledge-base/pages.ts';
import { nameOf, type Registry, type RegistryEntry } from '../knowledge-base/registry.ts';
import { shellWord } from '../report/words.ts';
import type { LintFinding } from './finding.ts';

interface Owned {
  readonly names: ReadonlySet<string>;
  /** Originals, relative to the root. */
  readonly originals: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
}

type Kb = Pick<KnowledgeBase, 'files'>;

export function registryFindings(kb: Kb, registry: Registry): LintFinding[] {
  if (registry.size === 0 && !kb.files.has(registryPath)) return missingRegistry(kb);
  const there = namesIn(kb);
  const entries = [...registry.values()];
  const owned: Owned = {
    names: new Set(entries.map(nameOf)),
    originals: new Set(entries.map(originalOf).filter((path) => path !== undefined)),
    texts: new Set(entries.flatMap((entry) => textsOf(entry))),
  };
  return [
    ...entries.flatMap((entry) => documentFindings(entry, there)),
    ...twice(entries),
    ...unowned(there, owned),
  ];
}

/** Where the original of a document lies, if anywhere in the knowledge base. */
export function originalOf({ raw_path: raw, name, origin }: RegistryEntry): string | undefined {
  if (raw !== undefined) return raw.startsWith('raw/') ? raw : undefined;
  return origin === 'cloud' || name === undefined ? undefined : `raw/${name}`;
}

/** Where the stored text of a document may lie. */
function textsOf(entry: RegistryEntry): string[] {
  const name = nameOf(entry);
  const { source_path: named } = entry;
  return [
    ...(named === undefined ? [] : [named]),
    sourceTextPath(name, 'md'),
    sourceTextPath(name, 'json'),
  ];
}

/** All that may belong to documents, by directories: quicker than to look for each file. */
interface There {
  readonly originals: ReadonlySet<string>;
  readonly summaries: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
}

function namesIn({ files }: Kb): There {
  const visible = (directory: string) =>
    files.names(directory).filter((name) => !name.startsWith('.'));
  return {
    originals: new Set(visible('raw').map((name) => `raw/${name}`)),
    summaries: new Set(pageNames(files, 'summaries')),
    texts: new Set(
      visible('wiki/sources')
        .filter((name) => /\.(?:md|json)$/.test(name))
        .map((name) => wikiPath(`sources/${name}`)),
    ),
    images: new Set(visible('wiki/sources/images')),
  };
}

function documentFindings(entry: RegistryEntry, there: There): LintFinding[] {
  const name = nameOf(entry);
  const about = { severity: 'wrong', subject: name } as const;
  const found: LintFinding[] = [];
  const again = `'openkb recompile ${shellWord(name)}' writes it again`;
  if (!there.summaries.has(name)) {
    const path = wikiPath(`summaries/${name}.md`);
    const message = `The document "${name}" has no summary page; ${again}.`;
    found.push({ ...about, code: 'missing-summary', path, message });
  }
  const texts = textsOf(entry);
  if (!texts.some((path) => there.texts.has(path))) {
    const path = texts[0] ?? sourceTextPath(name, 'md');
    const message = `The stored text of the document "${name}" is missing; add its original again with --force.`;
    found.push({ ...about, code: 'missing-text', path, message });
  }
  const original = originalOf(entry);
  if (original !== undefined && !isThere(original, there)) {
    const message = `The original "${original}" of the document "${name}" is missing.`;
    found.push({ ...about, code: 'missing-original', path: original, message });
  }
  if (entry.doc_name === undefined) {
    const message = `The entry of "${name}" in the registry is of an older form.`;
    found.push({ ...about, severity: 'note', code: 'old-entry', path: registryPath, message });
  }
  return found;
}

/** What lies deeper in `raw/` is not listed: it counts as there. */
const isThere = (original: string, { originals }: There): boolean =>
  originals.has(original) || original.split('/').length > 2;

function twice(entries: readonly RegistryEntry[]): LintFinding[] {
  const seen = new Set<string>();
  return entries.flatMap((entry): LintFinding[] => {
    const name = nameOf(entry);
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `Two documents in the registry are named "${name}".`;
    return [{ code: 'name-twice', severity: 'wrong', path: registryPath, message, subject: name }];
  });
}

function unowned(there: There, owned: Owned): LintFinding[] {
  const rebuild = "see 'openkb doctor --rebuild-registry', or remove it by hand";
  return [
    ...[...there.originals]
      .filter((path) => !owned.originals.has(path) && !isPassedOver(basename(path)))
      .map((path) => note(path, 'The file', `'openkb add ${shellWord(path)}' adds it`)),
    ...[...there.texts]
      .filter((path) => !owned.texts.has(path))
      .map((path) => note(path, 'The stored text', rebuild)),
    ...[...there.summaries]
      .filter((name) => !owned.names.has(name))
      .map((name) => note(wikiPath(`summaries/${name}.md`), 'The summary', rebuild)),
    ...[...there.images]
      .filter((name) => !owned.names.has(name))
      .map((name) => note(imagesPath(name), 'The folder of pictures', 'remove it by hand')),
  ];
}

const note = (path: string, what: string, advice: string): LintFinding => ({
  code: 'unowned-file',
  severity: 'note',
  path,
  message: `${what} "${path}" belongs to no document; ${advice}.`,
});

/** An empty knowledge base of the Python program may have none; one with documents has lost it. */
function missingRegistry({ files }: Kb): LintFinding[] {
  if (!lostRegistry({ files })) return [];
  const message = `The registry "${registryPath}" is missing; 'openkb doctor --rebuild-registry' makes it again.`;
  return [{ code: 'missing-registry', severity: 'wrong', path: registryPath, message }];
}
