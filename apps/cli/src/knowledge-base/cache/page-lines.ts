/**
 * The content of `.openkb/cache/pages/<directory>`: a line for each page, its name as JSON, its stamp,
 * and its facts as JSON, the links apart from the rest because most readers do without them. Between
 * them a tab, which JSON does not hold.
 */
import type { PageFacts } from '@openkb/wiki';

/** A page's facts and the stamp of the file that they were read from. */
export interface StampedFacts {
  readonly stamp: string;
  readonly facts: PageFacts;
}

const FEED = 10;
const TAB = 9;

/** Name -> facts. What is no line of ours is passed over; facts are decoded when they are asked for. */
export function decodePages(content: Buffer): Map<string, StampedFacts> {
  const pages = new Map<string, StampedFacts>();
  let start = 0;
  while (start < content.length) {
    const feed = content.indexOf(FEED, start);
    const end = feed === -1 ? content.length : feed;
    const first = content.indexOf(TAB, start);
    const second = content.indexOf(TAB, first + 1);
    const third = content.indexOf(TAB, second + 1);
    if (first > 0 && second > first && third > second && third < end) {
      const name = JSON.parse(content.toString('utf8', start, first)) as string;
      const stamp = content.toString('latin1', first + 1, second);
      pages.set(name, { stamp, facts: new KeptFacts(content, second + 1, third, end) });
    }
    start = end + 1;
  }
  return pages;
}

export function encodePages(pages: Iterable<readonly [string, StampedFacts]>): Buffer {
  const parts: Buffer[] = [];
  for (const [name, { stamp, facts }] of pages) {
    parts.push(Buffer.from(`${JSON.stringify(name)}\t${stamp}\t`), encodeFacts(facts), NEWLINE);
  }
  return Buffer.concat(parts);
}

const NEWLINE = Buffer.from('\n');

function encodeFacts(facts: PageFacts): Buffer {
  if (facts instanceof KeptFacts) return facts.encoded;
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

class KeptFacts implements PageFacts {
  readonly #content: Buffer;
  readonly #start: number;
  readonly #middle: number;
  readonly #end: number;
  #head: Head | undefined;

  constructor(content: Buffer, start: number, middle: number, end: number) {
    this.#content = content;
    this.#start = start;
    this.#middle = middle;
    this.#end = end;
  }

  get encoded(): Buffer {
    return this.#content.subarray(this.#start, this.#end);
  }

  get title(): PageFacts['title'] {
    return this.#decoded()[0];
  }

  get fields(): PageFacts['fields'] {
    return this.#decoded()[1];
  }

  get frontMatter(): PageFacts['frontMatter'] {
    return this.#decoded()[2];
  }

  get repeatedKeys(): PageFacts['repeatedKeys'] {
    return this.#decoded()[3];
  }

  get links(): PageFacts['links'] {
    const json = this.#content.toString('utf8', this.#middle + 1, this.#end);
    return (JSON.parse(json) as [string, number][]).map(([target, line]) => ({ target, line }));
  }

  #decoded(): Head {
    const json = () => this.#content.toString('utf8', this.#start, this.#middle);
    return (this.#head ??= JSON.parse(json()) as Head);
  }
}
