import type { Context } from '../command.ts';
import { type PageType, pageTypes } from '../search/load.ts';
import { searchWiki } from '../search/search-run.ts';

interface Args extends Context {
  question: string[];
  top: number;
}

/** This version asks no model: the answer is what the wiki says, passage by passage. */
export function run(args: Args): Promise<void> {
  return searchWiki(args, {
    command: 'query',
    words: args.question,
    top: args.top,
    types: Object.keys(pageTypes) as PageType[],
  });
}
