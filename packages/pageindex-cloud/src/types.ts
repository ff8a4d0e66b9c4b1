/** What goes in and comes out of the client. Page numbers are 1-based. */

/** The service at its public address. */
export const PAGEINDEX_CLOUD_URL = 'https://api.pageindex.ai';

export interface Clock {
  /** Milliseconds since any fixed instant. */
  now(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Longest times in milliseconds. */
export interface Timeouts {
  /** Metadata, list and delete. Default 30 s. */
  readonly short: number;
  /** Default 120 s. */
  readonly tree: number;
  /** The OCR text of all pages, which may hold images. Default 300 s. */
  readonly pages: number;
  /** Between two pieces of one answer. Default 60 s. */
  readonly idle: number;
  /** Each submit, and `submitPerMegabyte` more for every megabyte. Defaults 60 s and 10 s. */
  readonly submit: number;
  readonly submitPerMegabyte: number;
}

export interface ClientOptions {
  readonly apiKey: string;
  /** Default `PAGEINDEX_CLOUD_URL`. */
  readonly baseUrl?: string;
  readonly fetch: typeof globalThis.fetch;
  /** For the pauses between attempts and polls. */
  readonly clock: Clock;
  /** 0 to 1, for the jitter of pauses; default always 0.5, which is no jitter. */
  readonly random?: () => number;
  readonly timeouts?: Partial<Timeouts>;
  /** Attempts after the first one. Default 3. */
  readonly retries?: number;
  /** Largest answer, after decompression, in bytes. Default 400 million. */
  readonly mostBytes?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface SubmitOptions extends CallOptions {
  /** Max plan only. */
  readonly folderId?: string;
}

export interface WaitOptions extends CallOptions {
  /** Pages of the document, where known: a long one may take 5 s a page. */
  readonly pages?: number;
  /** Called after each poll. */
  readonly onStatus?: (metadata: CloudMetadata) => void;
}

/** `completed` and `failed` are final; every other word, `unknown` too, means: wait. */
export type CloudStatus =
  | 'pending'
  | 'queued'
  | 'processing'
  | 'completed'
  | 'failed'
  | 'unknown'
  | (string & {});

export interface Submission {
  readonly id: string;
  /** The name that the service gave, where it says so: `report_1.pdf`. */
  readonly name?: string;
  /** The answer was lost, and the document was found again among the newest ones. */
  readonly adopted: boolean;
}

export interface CloudMetadata {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: CloudStatus;
  /** ISO 8601 with zone, where the service tells the time. */
  readonly createdAt?: string;
  /** May be missing, and may be too small. */
  readonly pageCount?: number;
  readonly folderId?: string;
  /** Why processing failed, where the service says so. */
  readonly reason?: string;
  /** The answer as it came, with members that are not known here. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A node as the service sends it: a start, but no end. See `rebuildRanges`. */
export interface CloudNode {
  readonly title: string;
  readonly id?: string;
  readonly startPage?: number;
  /** Summary of the node, or of its part before the children. */
  readonly summary: string;
  readonly keyItems: readonly string[];
  readonly children: readonly CloudNode[];
}

/** A node with its range. Parents cover their children; neighbours may share a page. */
export interface RangedNode {
  readonly title: string;
  readonly id?: string;
  readonly startPage: number;
  readonly endPage: number;
  readonly summary: string;
  readonly keyItems: readonly string[];
  readonly children: readonly RangedNode[];
}

export interface CloudImage {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** By which the Markdown may name it. */
  readonly name?: string;
}

export interface CloudPage {
  readonly page: number;
  /** '' for a blank page. */
  readonly markdown: string;
  readonly images: readonly CloudImage[];
}

/** Something odd about an answer. */
export interface CloudMessage {
  /** Stable, in kebab case: `pages-missing`, `image-skipped`. */
  readonly code: string;
  readonly text: string;
}

export interface CloudPages {
  /** In order, each number once. */
  readonly pages: readonly CloudPage[];
  readonly messages: readonly CloudMessage[];
}

export interface PageIndexClient {
  submit(file: Blob, name: string, options?: SubmitOptions): Promise<Submission>;
  metadata(id: string, options?: CallOptions): Promise<CloudMetadata>;
  wait(id: string, options?: WaitOptions): Promise<CloudMetadata>;
  tree(id: string, options?: CallOptions): Promise<readonly CloudNode[]>;
  pages(id: string, options?: CallOptions): Promise<CloudPages>;
  list(options?: CallOptions & { readonly most?: number }): Promise<readonly CloudMetadata[]>;
  delete(id: string, options?: CallOptions): Promise<boolean>;
}
