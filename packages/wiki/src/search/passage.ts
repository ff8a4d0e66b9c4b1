/** A piece of a page of about 700 characters, inside one section: what search finds. */
export interface Passage {
  /** Path of the page, relative to `wiki/`: `concepts/attention.md`. */
  readonly page: string;
  readonly title: string;
  /** The heading of the section, empty before the first. */
  readonly heading: string;
  /** Plain text: links as their labels, no images, no heading lines. */
  readonly text: string;
  /** 1-based page of a source that has pages. */
  readonly sourcePage?: number;
  /** 1-based line of the page at which the text begins. */
  readonly line?: number;
  /** Other names of what the page is about. */
  readonly aliases?: readonly string[];
}
