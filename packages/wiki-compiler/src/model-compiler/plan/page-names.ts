/** Finds the page that a name means: by path, title or alias, in any usual spelling. */
import { pageTitle, pathKey, slugOf } from '@openkb/wiki';

import type { CataloguedPage } from '../../catalogue/read-catalogue.ts';
import { keysOfNames } from '../../extractive/keywords.ts';
import type { LanguageProfile } from '../../extractive/text/language.ts';

type Kind = CataloguedPage['kind'];

/**
 * Keys of names: case, hyphens, plurals, brackets, an article and, behind a comma, the order of the words do
 * not count.
 */
export function nameKeys(names: readonly string[], profiles: readonly LanguageProfile[]): string[] {
  const turned = names.flatMap((name) => {
    const [last = '', first = '', ...more] = name.split(',');
    return more.length > 0 || first.trim() === '' ? [] : [`${first.trim()} ${last.trim()}`];
  });
  const all = [...names, ...turned].map(withoutArticle);
  return profiles.flatMap((profile) => keysOfNames(all, profile));
}

/** English only: elsewhere an article may be part of the word that follows. */
function withoutArticle(name: string): string {
  return name.replace(/^(?:the|an?) (?=\S)/i, '');
}

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
  const bySpelling = indexNames(pages, (names) => names.map(spelling));
  let folded: NameIndex | undefined;
  const byKey = () => (folded ??= indexNames(pages, (names) => nameKeys(names, profiles)));
  return {
    find({ kind, title, aliases }) {
      const paths = pagesAt(title, kind).flatMap((path) => byPath.get(path) ?? []);
      return (
        paths[0] ??
        match(bySpelling, { kind, titles: [spelling(title)], aliases: aliases.map(spelling) }) ??
        match(byKey(), {
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

/** Cheap: most names that mean a page are found by it. */
function spelling(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

interface NameIndex {
  readonly titles: ReadonlyMap<string, readonly CataloguedPage[]>;
  readonly aliases: ReadonlyMap<string, readonly CataloguedPage[]>;
}

function indexNames(
  pages: readonly CataloguedPage[],
  keysOf: (names: readonly string[]) => readonly string[],
): NameIndex {
  const [titles, aliases] = [
    new Map<string, CataloguedPage[]>(),
    new Map<string, CataloguedPage[]>(),
  ];
  for (const page of pages) {
    for (const key of keysOf([page.title, pageTitle(page.path, '')])) enter(titles, key, page);
    if (page.aliases.length > 0) for (const key of keysOf(page.aliases)) enter(aliases, key, page);
  }
  return { titles, aliases };
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
