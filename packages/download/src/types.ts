import type { Scope } from './address/scope.ts';
import type { HttpGet } from './http/http.ts';
import type { DownloadLimits } from './limits.ts';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Where the bytes go. Each call is done when it returns; what it throws ends the download. */
export interface Sink {
  /** Takes the next bytes; the array is used again afterwards. */
  write(bytes: Uint8Array): void;
  /** Forgets all that was written: the content begins anew. */
  restart(): void;
}

/** Where a download stands, in bytes as they come over the wire. */
export interface Progress {
  readonly received: number;
  /** Absent where the server does not say. */
  readonly total?: number;
}

/** An attempt that failed, and is followed by another one. */
export interface Retry {
  /** Milliseconds. */
  readonly wait: number;
  /** What went wrong, one sentence. */
  readonly reason: string;
}

export interface DownloadOptions {
  readonly sink: Sink;
  /** `nodeHttp()` */
  readonly http: HttpGet;
  readonly clock: Clock;
  /** 0 to 1; spreads retries. */
  readonly random: () => number;
  /** Names the program to servers; some refuse requests without. */
  readonly userAgent: string;
  readonly limits?: Partial<DownloadLimits>;
  /** Lets redirects lead to any address. Default false. */
  readonly allowPrivateNetwork?: boolean;
  /**
   * What the server said of a content that the caller has already, as `Download` gives it. Where the content is
   * still that, nothing is downloaded and the result is `unchanged`.
   */
  readonly known?: Pick<Download, 'etag' | 'lastModified'>;
  /** Replaces the judgement of addresses. */
  readonly scopeOf?: (address: string) => Scope;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onRetry?: (retry: Retry) => void;
}

export interface DownloadMessage {
  /** Stable, in kebab case: `unencrypted`. */
  readonly code: string;
  readonly text: string;
}

/** What has arrived. No URL in it holds credentials or a fragment. */
export interface Download {
  /** As it was asked for. */
  readonly url: string;
  /** After all redirects. */
  readonly finalUrl: string;
  /** What the server's `Link` header calls the canonical one. */
  readonly canonicalUrl?: string;
  /** A name without directories and control characters, from the server or the URL; may lack an ending. */
  readonly fileName: string;
  /** What the server says it is: `application/pdf`. The bytes have the last word. */
  readonly mediaType?: string;
  /** What the server says of the text's encoding, in lower case. */
  readonly charset?: string;
  /** Given to the sink. */
  readonly bytes: number;
  /** The server says that the content is the one that is `known`: the sink was given nothing. */
  readonly unchanged?: true;
  /** As the server sends them. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly messages: readonly DownloadMessage[];
}
