/** Which pages a key leads to, in one language; kept up to date page by page, because a wiki may have very many. */
import type { CataloguedPage } from '../../catalogue/read-catalogue.ts';
import { keysOfNames } from '../keywords.ts';
import type { LanguageProfile } from '../text/language.ts';

const NONE: readonly string[] = [];

export class KeyIndex {
  readonly #profile: LanguageProfile;
  readonly #keys = new Map<string, readonly string[]>();
  readonly #paths = new Map<string, string[]>();

  constructor(profile: LanguageProfile, pages: Iterable<CataloguedPage>) {
    this.#profile = profile;
    for (const page of pages) this.put(page);
  }

  /** Enters a page, in place of what is known of its path. */
  put({ path, title, aliases }: CataloguedPage): void {
    if (this.#keys.has(path)) this.drop(path);
    const keys = keysOfNames(aliases.length === 0 ? [title] : [title, ...aliases], this.#profile);
    this.#keys.set(path, keys);
    for (const key of keys) {
      const paths = this.#paths.get(key);
      if (paths === undefined) this.#paths.set(key, [path]);
      else paths.splice(placeOf(path, paths), 0, path);
    }
  }

  drop(path: string): void {
    for (const key of this.#keys.get(path) ?? NONE) {
      const rest = (this.#paths.get(key) ?? []).filter((one) => one !== path);
      if (rest.length === 0) this.#paths.delete(key);
      else this.#paths.set(key, rest);
    }
    this.#keys.delete(path);
  }

  /** Paths of the pages with a key, ascending. */
  find(key: string): readonly string[] {
    return this.#paths.get(key) ?? NONE;
  }
}

/** Where a path belongs; most come in their order. */
function placeOf(path: string, paths: readonly string[]): number {
  let place = paths.length;
  while (place > 0 && (paths[place - 1] ?? '') > path) place -= 1;
  return place;
}
