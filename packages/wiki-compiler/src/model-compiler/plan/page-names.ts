/** Finds the page that a name means: by path, title or alias, in any usual spelling. */
import { pathKey, slugOf } from '@openkb/wiki';

import type { CataloguedPage } from '../../catalogue/read-catalogue.ts';
import type { LanguageProfile } from '../../extractive/text/language.ts';
import { nameKeys } from './name-keys.ts';

type Kind = CataloguedPage['kind'];

export interface Named {
  readonly kind: Kind;
  readonly title: string;
  readonly aliases: readonly string[];
}

export interface PageNames {
  /**
   * The page about what has these names. A title that is a page's title or path is that page, of whichever
   * kind; a title and an alias make one thing only of one kind, and two aliases never do: an acronym may stand
   * for two things.
   */
  find(named: Named): CataloguedPage | undefined;
  /** The page that a link of the model means. */
  resolve(target: string): CataloguedPage | undefined;
}

export function pageNames(
  pages: readonly CataloguedPage[],
  profiles: readonly LanguageProfile[],
  resolveTarget: (target: string) => string | undefined,
): PageNames {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  let index: NameIndex | undefined;
  const names = () => (index ??= indexNames(pages, profiles));
  return {
    find({ kind, title, aliases }) {
      const paths = pagesAt(title, kind).flatMap((path) => byPath.get(path) ?? []);
      return (
        paths[0] ??
        match(names(), {
          kind,
          titles: nameKeys([title], profiles),
          aliases: nameKeys(aliases, profiles),
        })
      );
    },
    resolve(target) {
      const path = resolveTarget(target);
      return path === undefined ? undefined : byPath.get(path);
    },
  };
}

export function directoryOf(kind: Kind): 'concepts' | 'entities' {
  return kind === 'concept' ? 'concepts' : 'entities';
}

function pagesAt(title: string, kind: Kind): string[] {
  const other = kind === 'concept' ? 'entity' : 'concept';
  return [kind, other].map((one) => pathKey(`${directoryOf(one as Kind)}/${slugOf(title)}.md`));
}

interface NameIndex {
  readonly titles: ReadonlyMap<string, readonly CataloguedPage[]>;
  readonly aliases: ReadonlyMap<string, readonly CataloguedPage[]>;
}

function indexNames(
  pages: readonly CataloguedPage[],
  profiles: readonly LanguageProfile[],
): NameIndex {
  const titles = new Map<string, CataloguedPage[]>();
  const aliases = new Map<string, CataloguedPage[]>();
  for (const page of pages) {
    const file = fileWords(page.path);
    const names = file === page.title.toLowerCase() ? [file] : [page.title, file];
    for (const key of nameKeys(names, profiles)) enter(titles, key, page);
    if (page.aliases.length > 0)
      for (const key of nameKeys(page.aliases, profiles)) enter(aliases, key, page);
  }
  return { titles, aliases };
}

/** The file name as words. */
function fileWords(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.md'.length).replace(/[-_]+/g, ' ');
}

function enter(index: Map<string, CataloguedPage[]>, key: string, page: CataloguedPage): void {
  const group = index.get(key);
  if (group === undefined) index.set(key, [page]);
  else group.push(page);
}

interface Sought {
  readonly kind: Kind;
  readonly titles: readonly string[];
  readonly aliases: readonly string[];
}

function match(index: NameIndex, { kind, titles, aliases }: Sought): CataloguedPage | undefined {
  const own = (page: CataloguedPage) => page.kind === kind;
  const byTitle = titles.flatMap((key) => index.titles.get(key) ?? []);
  return (
    byTitle.find(own) ??
    byTitle[0] ??
    titles.flatMap((key) => index.aliases.get(key) ?? []).find(own) ??
    aliases.flatMap((key) => index.titles.get(key) ?? []).find(own)
  );
}

/** Whether two proposals are about one thing, by the rule of `find`. */
export function sameThing(a: NamedKeys, b: NamedKeys): boolean {
  if (overlap(a.titles, b.titles)) return true;
  return a.kind === b.kind && (overlap(a.titles, b.aliases) || overlap(a.aliases, b.titles));
}

export interface NamedKeys {
  readonly kind: Kind;
  readonly titles: ReadonlySet<string>;
  readonly aliases: ReadonlySet<string>;
}

export function keysOfNamed(
  { kind, title, aliases }: Named,
  profiles: readonly LanguageProfile[],
): NamedKeys {
  return {
    kind,
    titles: new Set([...nameKeys([title], profiles), slugOf(title)]),
    aliases: new Set(nameKeys(aliases, profiles)),
  };
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((key) => b.has(key));
}
