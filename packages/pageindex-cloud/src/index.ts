/** HTTP client of PageIndex Cloud: submit, wait, tree, pages, list, delete. */
export { createClient } from './client.ts';
export { PageIndexError } from './error.ts';
export type { PageIndexErrorCode } from './error.ts';
export { readImage } from './images.ts';
export { rebuildRanges } from './ranges.ts';
export { readDocument } from './read-document.ts';
export type { CloudDocument } from './read-document.ts';
export { PAGEINDEX_CLOUD_URL } from './types.ts';
export type {
  CallOptions,
  ClientOptions,
  Clock,
  CloudImage,
  CloudMessage,
  CloudMetadata,
  CloudNode,
  CloudPage,
  CloudPages,
  CloudStatus,
  PageIndexClient,
  RangedNode,
  Submission,
  SubmitOptions,
  Timeouts,
  WaitOptions,
} from './types.ts';
