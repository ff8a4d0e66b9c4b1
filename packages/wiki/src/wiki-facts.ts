import { pageFacts, type PageFacts } from './page-facts.ts';

/** What checks and graphs look at: the files of a wiki, by their facts. */
export interface WikiFacts {
  /** Files below `wiki/`, those that are only there to be linked included (`sources/x.json`). */
  readonly paths: Iterable<string>;
  /** Facts of a page; asked for once a page. `undefined` for what is no page, or is gone. */
  facts(path: string): PageFacts | undefined;
  /** The text of `index.md`. */
  readonly index?: string | undefined;
}

/** The facts of pages whose texts are at hand: path -> text. */
export function factsOfTexts(pages: ReadonlyMap<string, string>): WikiFacts {
  return {
    paths: pages.keys(),
    facts: (path) => {
      const text = pages.get(path);
      return text === undefined ? undefined : pageFacts(path, text);
    },
    index: pages.get('index.md'),
  };
}
