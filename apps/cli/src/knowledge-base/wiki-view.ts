import { dirname } from 'node:path/posix';

import type { Expectation } from '@openkb/journal';
import type { PageFacts } from '@openkb/wiki';
import type { WikiView } from '@openkb/wiki-compiler';

import type { Files } from './files.ts';
import { wikiPath } from './layout.ts';
import { pagesIn } from './pages.ts';

/** The pages of a wiki as one compile sees them. */
export interface RecordingView extends WikiView {
  facts?(path: string): PageFacts | undefined;
  /**
   * What a change of the page expects to find: what it held when the compiler read it; nothing, when
   * the compiler saw a list of its directory without it; else what it holds now.
   */
  expectation(path: string): Expectation;
}

const NOTHING = { text: undefined, expect: 'absent' } as const;

/** Pages name files to read, and may come from somebody else: what is no page of the wiki is not there. */
const leavesWiki = (path: string) => path.split(/[/\\]/).includes('..');

/**
 * Every page and every directory is read once, so that a compile sees one state of each, and a change
 * expects the state from which it was computed.
 */
export function recordingView(files: Files): RecordingView {
  const pages = new Map<string, ReturnType<Files['text']>>();
  const lists = new Map<string, readonly string[]>();
  const look = (path: string) => {
    if (leavesWiki(path)) return NOTHING;
    let page = pages.get(path);
    if (page === undefined) pages.set(path, (page = files.text(wikiPath(path))));
    return page;
  };
  const list = (directory: string) => {
    let paths = lists.get(directory);
    if (paths === undefined) lists.set(directory, (paths = pagesIn(files, directory)));
    return paths;
  };
  const facts = new Map<string, ReturnType<Files['facts']>>();
  const factsOf = (directory: string) => {
    let found = facts.get(directory);
    if (found === undefined)
      facts.set(directory, (found = files.facts(directory, list(directory))));
    return found;
  };
  return {
    read: (path) => look(path).text,
    list,
    facts: (path) => factsOf(dirname(path)).facts(path),
    expectation: (path) => {
      const unseen = !pages.has(path) && lists.get(dirname(path))?.includes(path) === false;
      return unseen ? 'absent' : look(path).expect;
    },
  };
}
