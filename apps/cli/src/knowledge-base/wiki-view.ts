import type { Expectation } from '@openkb/journal';
import type { WikiView } from '@openkb/wiki-compiler';

import type { Files } from './files.ts';
import { wikiPath } from './layout.ts';

/** The pages of a wiki as one compile sees them. */
export interface RecordingView extends WikiView {
  /**
   * What a change of the page expects to find: what it held when the compiler read it, or holds now
   * when nobody has asked for it yet.
   */
  expectation(path: string): Expectation;
}

/** Every page is read once, so that a compile sees one text of it and its change expects that text. */
export function recordingView(files: Files): RecordingView {
  const seen = new Map<string, ReturnType<Files['text']>>();
  const look = (path: string) => {
    let page = seen.get(path);
    if (page === undefined) seen.set(path, (page = files.text(wikiPath(path))));
    return page;
  };
  return {
    read: (path) => look(path).text,
    list: (directory) =>
      files
        .names(wikiPath(directory))
        .filter((name) => name.endsWith('.md') && !name.startsWith('.'))
        .map((name) => `${directory}/${name}`),
    expectation: (path) => look(path).expect,
  };
}
