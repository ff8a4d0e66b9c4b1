/**
 * What is wrong with a page. `inexact-link`: it leads to a page whose name is spelled otherwise, which other programs
 * may not find.
 */
export type ViolationCode =
  | 'dead-link'
  | 'inexact-link'
  | 'missing-front-matter'
  | 'unreadable-front-matter'
  | 'missing-type'
  | 'duplicate-key'
  | 'missing-index'
  | 'not-in-index'
  | 'index-entry-without-page'
  | 'orphan-page'
  | 'missing-source'
  | 'path-clash'
  | 'forbidden-name';

/** One violation of what a wiki is. */
export interface Violation {
  readonly code: ViolationCode;
  /** The page it is found in, relative to `wiki/`. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
  /** 1-based line, where there is one. */
  readonly line?: number;
  /** The link target, key, source or other path that it is about. */
  readonly subject?: string;
}
