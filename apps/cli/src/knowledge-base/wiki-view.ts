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

/**
 * Tells paths relative to `wiki/` that lie in it. Pages name files to read, and may come from somebody else:
 * what is above the wiki or behind a link to another directory is not there.
 */
function placesIn(files: Files): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const isPlace = (directory: string): boolean => {
    let found = known.get(directory);
    if (found === undefined) {
      const isTop = directory === '.' || directory === '/';
      const isReal = files.kind(isTop ? 'wiki' : wikiPath(directory)) !== 'symlink';
      known.set(directory, (found = isReal && (isTop || isPlace(dirname(directory)))));
    }
    return found;
  };
  return (path) => !path.split(/[/\\]/).includes('..') && isPlace(dirname(path));
}

/**
 * Every page and every directory is read once, so that a compile sees one state of each, and a change
 * expects the state from which it was computed.
 */
export function recordingView(files: Files): RecordingView {
  const isInWiki = placesIn(files);
  const pages = new Map<string, ReturnType<Files['text']>>();
  const lists = new Map<string, readonly string[]>();
  const look = (path: string) => {
    let page = pages.get(path);
    if (page === undefined)
      pages.set(path, (page = isInWiki(path) ? files.text(wikiPath(path)) : NOTHING));
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
