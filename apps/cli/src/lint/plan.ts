import type { Change } from '@openkb/journal';
import { linkResolver, linkTarget, pageFacts, readIndex, type WikiFacts } from '@openkb/wiki';

import { CliError } from '../errors.ts';
import { encodeText } from '../knowledge-base/files.ts';
import { indexPath, wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Registry } from '../knowledge-base/registry.ts';
import { byPlace, type LintFinding } from './finding.ts';
import { isMadeHere } from './made-here.ts';
import { type IndexMend, mendIndex, missingEntries } from './mend-index.ts';
import { mendPage } from './mend-page.ts';
import { mendRegistry } from './mend-registry.ts';
import { pageFindings } from './page-findings.ts';
import { registryFindings } from './registry-findings.ts';
import type { Survey } from './survey.ts';

/** All that mending means to do, as far as it can be known without the lock. */
export interface MendPlan {
  /** Of pages; index, registry and log come with the commit. */
  readonly pages: readonly Change[];
  readonly index: IndexMend;
  readonly registry?: Registry | undefined;
  readonly resolve: (target: string) => string | undefined;
  /** Whether the index, or the registry, becomes another one. */
  readonly changesIndex: boolean;
  readonly changesRegistry: boolean;
  /** What is left when all is done. */
  readonly left: readonly LintFinding[];
}

const OF_PAGES = new Set([
  'dead-link',
  'dead-cite',
  'inexact-link',
  'missing-type',
  'missing-front-matter',
  'duplicate-key',
]);

/** Computes what code can mend. Writes nothing and takes no lock. */
export function planMending(kb: KnowledgeBase, { wiki, registry, findings }: Survey): MendPlan {
  const resolve = linkResolver(wiki.paths);
  const texts = mendedPages(kb, { wiki, findings, resolve });
  const missing = findings
    .filter(({ code }) => code === 'not-in-index')
    .map(({ path }) => below(path));
  const unlisted = wiki.index === undefined ? listedPages(wiki) : missing;
  const index = { missing: missingEntries(unlisted, wiki), resolve };
  const text = kb.files.text(indexPath).text;
  const listed = text === undefined && unlisted.length === 0 ? text : mendIndex(text, index);
  const mended = registry && mendRegistry(kb, registry);
  const after: WikiFacts = {
    paths: listed === undefined || text !== undefined ? wiki.paths : [...wiki.paths, 'index.md'],
    facts: (path) => factsAfter(path, { wiki, texts, index: listed }),
    index: listed,
  };
  const left = [
    ...pageFindings(after),
    ...(mended ? registryFindings(kb, mended) : unread(findings)),
  ];
  return {
    pages: [...texts.values()].map(({ change }) => change),
    index,
    resolve,
    changesIndex: listed !== text,
    ...(mended && { registry: mended }),
    changesRegistry: mended !== registry,
    left: left.toSorted(byPlace),
  };
}

const below = (path: string): string => path.slice(wikiPath('').length);

const unread = (findings: readonly LintFinding[]) =>
  findings.filter(({ code }) => code === 'registry-damaged');

/** Pages that an index lists, where there is none yet. */
function listedPages({ paths }: WikiFacts): string[] {
  return [...paths]
    .filter((path) => /^(?:summaries|concepts|entities|explorations)\/.+\.md$/.test(path))
    .toSorted();
}

interface Mended {
  readonly text: string;
  readonly change: Change;
}

interface Mending extends Pick<Survey, 'wiki' | 'findings'> {
  readonly resolve: (target: string) => string | undefined;
}

function mendedPages(
  kb: KnowledgeBase,
  { wiki, findings, resolve }: Mending,
): ReadonlyMap<string, Mended> {
  const concerned = new Set(
    findings.filter(({ code }) => OF_PAGES.has(code)).map(({ path }) => below(path)),
  );
  const types = entityTypes(wiki.index);
  const mended = new Map<string, Mended>();
  for (const path of concerned) {
    if (!isMadeHere(path, wiki.facts(path))) continue;
    const file = readText(kb, wikiPath(path));
    if (file?.text === undefined) continue;
    const text = mendPage({
      path,
      text: file.text,
      resolve,
      entityType: types.get(linkTarget(path)),
    });
    if (text === file.text) continue;
    const bytes = encodeText(text);
    mended.set(path, {
      text,
      change: { kind: 'write', path: wikiPath(path), bytes, expect: file.expect },
    });
  }
  return mended;
}

/** What is no UTF-8 text would be damaged by being written: it stays. */
function readText(kb: KnowledgeBase, path: string) {
  try {
    return kb.files.text(path);
  } catch (error) {
    if (error instanceof CliError && error.code === 'not-text') return undefined;
    throw error;
  }
}

/** `Organization` of `(organization)`, by target. */
function entityTypes(index: string | undefined): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { section, target, label } of index === undefined ? [] : readIndex(index))
    if (section === 'Entities' && label !== undefined && label !== '')
      types.set(target, label.slice(0, 1).toUpperCase() + label.slice(1));
  return types;
}

interface After {
  readonly wiki: WikiFacts;
  readonly texts: ReadonlyMap<string, Mended>;
  readonly index: string | undefined;
}

function factsAfter(path: string, { wiki, texts, index }: After) {
  if (path === 'index.md') return index === undefined ? undefined : pageFacts(path, index);
  const mended = texts.get(path);
  return mended === undefined ? wiki.facts(path) : pageFacts(path, mended.text);
}
