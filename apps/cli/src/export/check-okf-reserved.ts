/** The files of a bundle that are no pages: `index.md` and `log.md`, which have forms of their own. */
import { pageFacts, splitFrontMatter } from '@openkb/wiki';

import type { OkfViolation } from './check-okf.ts';

/** Headings, and entries `* [Title](url) - description`; front matter only at the root, with the version alone. */
export function checkIndex(path: string, text: string): OkfViolation[] {
  const facts = pageFacts(path, text);
  const isRoot = path === 'index.md';
  const keys = Object.keys(facts.fields).filter((key) => key !== 'okf_version');
  const odd = contentLines(text).filter(
    (line) => !/^#{1,6} \S/.test(line) && !/^\* \[[^[\]]+\]\([^()\s]+\)(?: - \S.*)?$/.test(line),
  );
  return [
    ...(facts.frontMatter === 'missing' || isRoot
      ? []
      : [say(path, 'index-front-matter', 'only the index of the root has front matter')]),
    ...(keys.length > 0
      ? [say(path, 'index-front-matter', `the index has the field "${keys[0]}"`)]
      : []),
    ...odd.map((line) =>
      say(path, 'index-form', `"${line.slice(0, 80)}" is neither a heading nor an entry`),
    ),
  ];
}

/** `## YYYY-MM-DD`, the newest first, with bullets that begin with a bold verb. */
export function checkLog(path: string, text: string): OkfViolation[] {
  const found: OkfViolation[] = [];
  let last: string | undefined;
  if (pageFacts(path, text).frontMatter !== 'missing')
    found.push(say(path, 'log-form', 'the log has front matter'));
  for (const line of contentLines(text)) {
    const day = /^## (\d{4}-\d\d-\d\d)$/.exec(line)?.[1];
    if (day !== undefined) {
      if (last !== undefined && day >= last)
        found.push(say(path, 'log-order', `${day} comes after ${last}`));
      last = day;
    } else if (!/^# \S/.test(line) && !(last !== undefined && /^[*-] \*\*[^*]+\*\*/.test(line)))
      found.push(
        say(path, 'log-form', `"${line.slice(0, 80)}" is neither a day nor an entry of one`),
      );
  }
  return found;
}

const contentLines = (text: string): string[] =>
  splitFrontMatter(text)
    .body.split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');

const say = (path: string, code: string, message: string): OkfViolation => ({
  path,
  code,
  message,
});
