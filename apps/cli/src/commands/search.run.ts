import type { Context } from '../command.ts';
import { type PageType, pageTypes } from '../search/load.ts';
import { searchWiki } from '../search/search-run.ts';

interface Args extends Context {
  terms: string[];
  top: number;
  type: PageType[] | undefined;
}

export function run(args: Args): Promise<void> {
  return searchWiki(args, {
    words: args.terms,
    top: args.top,
    types: args.type ?? (Object.keys(pageTypes) as PageType[]),
  });
}
