/** The wiki as one compilation knows it, and as it will be. */
import { linkResolver, pagePath, readFrontMatter } from '@openkb/wiki';

import { type Catalogue, type CataloguedPage, readCatalogue } from '../catalogue/read-catalogue.ts';
import type { WikiView } from '../compilation.ts';
import { shownTitle } from './page/link-words.ts';

export class WikiState {
  readonly view: WikiView;
  readonly catalogue: Catalogue;
  readonly #pages: ReadonlyMap<string, CataloguedPage>;
  readonly #titles: ReadonlyMap<string, string>;
  readonly #resolve: (target: string) => string | undefined;

  constructor(view: WikiView) {
    this.view = view;
    this.catalogue = readCatalogue(view);
    this.#pages = new Map(this.catalogue.pages.map((page) => [page.path, page]));
    this.#titles = new Map([
      ...this.catalogue.summaries.map(
        ({ name, title }) => [pagePath('summaries', name), title] as const,
      ),
      ...this.catalogue.pages.map(({ path, title }) => [path, shownTitle(path, title)] as const),
    ]);
    this.#resolve = linkResolver(this.#paths());
  }

  /** Concept and entity pages that have a document among their sources, by path. */
  supportedBy(name: string): CataloguedPage[] {
    return this.catalogue.pages.filter(({ documents }) => documents.includes(name));
  }

  page(path: string): CataloguedPage | undefined {
    return this.#pages.get(path);
  }

  /** What a page is called; undefined for pages that the catalogue does not hold. */
  titleOf(path: string): string | undefined {
    return this.#titles.get(path);
  }

  /** Front matter of a page; empty where there is none. */
  fieldsOf(path: string): Readonly<Record<string, unknown>> {
    return this.view.facts?.(path)?.fields ?? readFrontMatter(this.view.read(path) ?? '');
  }

  /** The page that a link's target means. */
  resolve(target: string): string | undefined {
    return this.#resolve(target);
  }

  /** As `resolve`, in the wiki with some pages more and some less. */
  resolveAfter(
    added: Iterable<string>,
    removed: ReadonlySet<string>,
  ): (target: string) => string | undefined {
    const fresh = linkResolver(added);
    return (target) => {
      const path = fresh(target) ?? this.#resolve(target);
      return path === undefined || removed.has(path) ? undefined : path;
    };
  }

  #paths(): string[] {
    return [
      ...this.#pages.keys(),
      ...this.catalogue.summaries.map(({ name }) => pagePath('summaries', name)),
      ...this.view.list('explorations'),
    ];
  }
}
