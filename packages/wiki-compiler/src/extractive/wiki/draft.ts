/** The wiki as it will be: pages read through the view, with the changes of this compilation on top. */
import { pageFacts, pathKey } from '@openkb/wiki';

import {
  type CataloguedPage,
  cataloguePage,
  readCatalogue,
} from '../../catalogue/read-catalogue.ts';
import type { WikiView } from '../../compilation.ts';
import type { Topic } from '../shapes.ts';
import { type LanguageProfile } from '../text/language.ts';
import { type CataloguedDocument, documentOfSummary } from './documents.ts';
import { KeyIndex } from './key-index.ts';

export class Draft {
  /** Documents that this compiler compiled. */
  readonly documents: readonly CataloguedDocument[];
  /** Documents with a summary, of any hand. */
  readonly documentNames: ReadonlySet<string>;
  readonly #wiki: WikiView;
  readonly #pages = new Map<string, CataloguedPage>();
  /** Made when it is asked for. */
  #byPathKey: Map<string, string> | undefined;
  readonly #texts = new Map<string, string>();
  readonly #removed = new Set<string>();
  /** One for each language that asked. */
  readonly #indexes = new Map<string, KeyIndex>();

  constructor(wiki: WikiView) {
    this.#wiki = wiki;
    const { pages, summaries } = readCatalogue(wiki);
    for (const page of pages) this.#enter(page);
    this.documents = summaries.flatMap((summary) => documentOfSummary(summary) ?? []);
    this.documentNames = new Set(summaries.map(({ name }) => name));
  }

  /** As they are at this moment: pages may be written while the list is gone through. */
  get pages(): readonly CataloguedPage[] {
    return [...this.#pages.values()];
  }

  /** Paths whose text differs from the wiki's, and paths that go. */
  get changed(): ReadonlyMap<string, string> {
    return new Map([...this.#texts].filter(([path, text]) => this.#wiki.read(path) !== text));
  }

  get removed(): readonly string[] {
    return [...this.#removed].toSorted();
  }

  read(path: string): string | undefined {
    if (this.#removed.has(path)) return undefined;
    return this.#texts.get(path) ?? this.#wiki.read(path);
  }

  /** Whether the wiki that was read has the page. */
  existed(path: string): boolean {
    return this.#wiki.read(path) !== undefined;
  }

  page(path: string): CataloguedPage | undefined {
    return this.#pages.get(path);
  }

  /** The page that holds this path on a disk that ignores case. */
  occupantOf(path: string): string | undefined {
    this.#byPathKey ??= new Map([...this.#pages.keys()].map((one) => [pathKey(one), one]));
    return this.#byPathKey.get(pathKey(path));
  }

  write(path: string, kind: 'concept' | 'entity' | 'summary', text: string): void {
    this.#removed.delete(path);
    this.#texts.set(path, text);
    if (kind !== 'summary') this.#enter(cataloguePage(path, kind, pageFacts(path, text)));
  }

  remove(path: string): void {
    this.#removed.add(path);
    this.#texts.delete(path);
    this.#pages.delete(path);
    this.#byPathKey?.delete(pathKey(path));
    for (const index of this.#indexes.values()) index.drop(path);
  }

  /** A page that is about to be made: it is found from now on. */
  announce(page: CataloguedPage): void {
    this.#enter(page);
  }

  /** Names that a document brings to a page: other documents find it by them. */
  addNames(path: string, names: readonly string[]): void {
    const page = this.#pages.get(path);
    if (page === undefined) return;
    const fresh = names.filter((name) => name !== page.title && !page.aliases.includes(name));
    if (fresh.length > 0) this.#enter({ ...page, aliases: [...page.aliases, ...fresh] });
  }

  /** Pages with a key, those of the topic's kind first, then by path. */
  find(key: string, profile: LanguageProfile, kind: Topic['kind']): readonly string[] {
    let index = this.#indexes.get(profile.language);
    if (index === undefined) {
      index = new KeyIndex(profile, this.#pages.values());
      this.#indexes.set(profile.language, index);
    }
    const found = index.find(key);
    if (found.length < 2) return found;
    const own = (path: string) => this.#pages.get(path)?.kind === kind;
    return [...found.filter(own), ...found.filter((path) => !own(path))];
  }

  #enter(page: CataloguedPage): void {
    this.#pages.set(page.path, page);
    this.#byPathKey?.set(pathKey(page.path), page.path);
    for (const index of this.#indexes.values()) index.put(page);
  }
}
