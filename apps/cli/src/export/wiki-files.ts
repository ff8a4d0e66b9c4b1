import { linkResolver, pageTitle, readFrontMatter, splitFrontMatter } from '@openkb/wiki';

import type { Files } from '../knowledge-base/files.ts';
import { wikiPath } from '../knowledge-base/layout.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { placeOf } from '../knowledge-base/place-of.ts';
import { nameOf } from '../knowledge-base/registry.ts';
import { wikiFacts } from '../knowledge-base/wiki-facts.ts';

/** A page that is exported. */
export interface ExportedPage {
  /** Relative to `wiki/`, and to the root of what is exported: `concepts/lamp.md`. */
  readonly path: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The whole text; of a document that is stored page by page, its pages one after the other. */
  readonly text: string;
  /** When it was last written. */
  readonly written: Date;
}

/** A wiki as it is exported. */
export interface ExportedWiki {
  readonly title: string;
  readonly pages: readonly ExportedPage[];
  /** Pictures, relative to `wiki/`. */
  readonly pictures: readonly string[];
  /** Text of `log.md`. */
  readonly log: string;
  /** The exported page that a wikilink means. */
  readonly resolve: (target: string) => string | undefined;
  /** Web address that a document is from, by its name. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** What serves the wiki itself and says nothing to its readers. */
const SERVING = /^(?:index\.md|log\.md|AGENTS\.md|SCHEMA\.md|reports\/.*)$/;

/** Reads every page. */
export function exportedWiki(kb: KnowledgeBase, title: string): ExportedWiki {
  const { files } = kb;
  const all = [...wikiFacts(files).paths];
  const inWiki = new Set(all);
  const stored = all.filter((path) => /^sources\/[^/]+\.json$/.test(path));
  const paths = [
    ...all.filter((path) => path.endsWith('.md') && !SERVING.test(path)),
    ...stored.filter((path) => !inWiki.has(markdownOf(path))),
  ];
  const resolve = linkResolver(paths);
  return {
    title,
    pages: paths.map((path) => exportedPage(kb, path)).toSorted(byPath),
    pictures: picturesBelow(files, 'sources/images'),
    log: textOf(files, 'log.md'),
    resolve: (target) => {
      const found =
        resolve(target) ?? (target.endsWith('.json') ? resolve(markdownOf(target)) : undefined);
      return found && markdownOf(found);
    },
    addresses: new Map(
      [...kb.registry().values()].flatMap((entry) =>
        /^https?:\/\//.test(entry.path ?? '') ? [[nameOf(entry), entry.path ?? '']] : [],
      ),
    ),
  };
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }) =>
  a.path < b.path ? -1 : 1;

/** What the extractive compiler notes in a page for its next update. */
const MARKS = /^<!-- extractive(?:-page)? \{.*\} -->\r?\n?/gm;

export const markdownOf = (path: string): string => path.replace(/\.json$/, '.md');

function exportedPage({ files, fileSystem, root }: KnowledgeBase, path: string): ExportedPage {
  const raw = textOf(files, path);
  const text = path.endsWith('.json') ? pageByPage(raw) : raw.replace(MARKS, '');
  const modified = fileSystem.stat(`${root}/${wikiPath(path)}`)?.modified ?? 0;
  return {
    path: markdownOf(path),
    title: pageTitle(path, text),
    fields: readFrontMatter(text),
    text,
    written: new Date(modified),
  };
}

/** A document that is stored as `[{page, content}]`; older programs wrote plain strings. */
function pageByPage(json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return '';
  }
  const pages = Array.isArray(value) ? (value as unknown[]) : [];
  return pages
    .map((item, i) => {
      const { page = i + 1, content = item } = (
        typeof item === 'object' && item !== null ? item : {}
      ) as { page?: unknown; content?: unknown };
      const text = typeof content === 'string' ? content : '';
      return `## Page ${typeof page === 'number' ? page : i + 1}\n\n${splitFrontMatter(text).body.trim()}\n`;
    })
    .join('\n');
}

function picturesBelow(files: Files, directory: string): string[] {
  return files.names(wikiPath(directory)).flatMap((name) => {
    const path = `${directory}/${name}`;
    const kind = name.startsWith('.') ? undefined : files.kind(wikiPath(path));
    if (kind === 'directory') return picturesBelow(files, path);
    // nothing is taken through a link
    const isOwn = kind === 'file' && placeOf(files, wikiPath(path)) === 'own';
    return isOwn && !name.endsWith('.md') ? [path] : [];
  });
}

const textOf = (files: Files, path: string): string =>
  new TextDecoder().decode(files.bytes(wikiPath(path)));
