/**
 * The content of `.openkb/cache/pages/<directory>`: a line for each page, its path as JSON, its stamp,
 * and its facts as JSON, the links apart from the rest because most readers do without them. Between
 * them a tab, which JSON does not hold.
 */
import type { PageFacts } from '@openkb/wiki';

/** Facts and the stamp of the file that they were read from. */
export interface StampedFacts {
  readonly stamp: string;
  /** As JSON: head, tab, links. Most of those that are kept are not looked at. */
  readonly encoded: Buffer;
}

const FEED = 10;
const TAB = 9;

/** Path -> facts. What is no line of ours is passed over. */
export function decodePages(content: Buffer): Map<string, StampedFacts> {
  const pages = new Map<string, StampedFacts>();
  let start = 0;
  while (start < content.length) {
    const feed = content.indexOf(FEED, start);
    const end = feed === -1 ? content.length : feed;
    const first = content.indexOf(TAB, start);
    const second = content.indexOf(TAB, first + 1);
    if (first > 0 && second > first && second < end) {
      const path = JSON.parse(content.toString('utf8', start, first)) as string;
      const stamp = content.toString('latin1', first + 1, second);
      pages.set(path, { stamp, encoded: content.subarray(second + 1, end) });
    }
    start = end + 1;
  }
  return pages;
}

export function encodePages(pages: Iterable<readonly [string, StampedFacts]>): Buffer {
  const parts: Buffer[] = [];
  for (const [path, { stamp, encoded }] of pages)
    parts.push(Buffer.from(`${JSON.stringify(path)}\t${stamp}\t`), encoded, NEWLINE);
  return Buffer.concat(parts);
}

const NEWLINE = Buffer.from('\n');

export function encodeFacts(facts: PageFacts): Buffer {
  const { title, fields, frontMatter, repeatedKeys, links } = facts;
  const head: Head = [title, fields, frontMatter, repeatedKeys];
  const flat = links.map(({ target, line }) => [target, line]);
  return Buffer.from(`${JSON.stringify(head)}\t${JSON.stringify(flat)}`);
}

type Head = [
  PageFacts['title'],
  PageFacts['fields'],
  PageFacts['frontMatter'],
  PageFacts['repeatedKeys'],
];

/** @param encoded what `encodeFacts` made */
export function decodeFacts(encoded: Buffer): PageFacts {
  const tab = encoded.indexOf(TAB);
  const [title, fields, frontMatter, repeatedKeys] = JSON.parse(
    encoded.toString('utf8', 0, tab),
  ) as Head;
  return {
    title,
    fields,
    frontMatter,
    repeatedKeys,
    get links() {
      const flat = JSON.parse(encoded.toString('utf8', tab + 1)) as [string, number][];
      return flat.map(([target, line]) => ({ target, line }));
    },
  };
}
