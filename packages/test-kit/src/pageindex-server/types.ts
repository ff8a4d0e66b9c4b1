/** What a test can set up on the fake PageIndex server, and what it can read back. */

export type DocumentStatus = 'queued' | 'processing' | 'completed' | 'failed' | (string & {});

/** A document as the server holds it; every answer is made from this, so any shape can be sent. */
export interface FakeDocument {
  readonly id: string;
  readonly name: string;
  /** Status that the document has when it is asked for; counts down `pollsLeft` first. */
  status: DocumentStatus;
  /** Answers that still say `queued` or `processing` before the status counts. */
  pollsLeft: number;
  readonly createdAt: string;
  readonly folderId: string | null;
  /** Members that replace those of the metadata answer; `undefined` leaves a member out. */
  metadata: Readonly<Record<string, unknown>>;
  /** The tree answer's `result`, before `summary` and `include_text` are obeyed. */
  tree: unknown;
  /** The OCR answer's `result` for `format=page`. */
  pages: unknown;
  /** Members that replace those of the tree and OCR envelopes: `retrieval_ready`, `features`. */
  envelope: Readonly<Record<string, unknown>>;
  /** Of an uploaded file. */
  readonly bytes?: number;
  readonly sha256?: string;
}

export type NewDocument = Partial<FakeDocument>;

export type Route =
  | 'submit'
  | 'tree'
  | 'ocr'
  | 'metadata'
  | 'list'
  | 'delete'
  | 'folder'
  | 'folders'
  | 'chat'
  | 'markdown'
  | 'retrieval'
  | 'block'
  | 'mcp'
  | 'other';

/** The shapes in which errors have been met or are plausible; see `errorBody`. */
export type ErrorForm =
  | 'detail'
  | 'detail-list'
  | 'error'
  | 'error-object'
  | 'message'
  | 'error-code'
  | 'text'
  | 'html'
  | 'empty';

export type Misbehaviour =
  /** An error answer; `retryAfter` is the header's value as it is sent. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly form?: ErrorForm;
      readonly message?: string;
      readonly retryAfter?: string;
    }
  /** This body with this status, whatever the route says. */
  | {
      readonly kind: 'body';
      readonly body: string;
      readonly status?: number;
      readonly type?: string;
    }
  /** The right answer, cut off after half of its body; `declared` keeps the full Content-Length. */
  | { readonly kind: 'truncated'; readonly declared?: boolean }
  /** The right answer, but nothing is sent for so long. */
  | { readonly kind: 'slow-headers'; readonly milliseconds: number }
  /** The right answer, in pieces with so long a pause between them. */
  | { readonly kind: 'slow-body'; readonly milliseconds: number; readonly pieces?: number }
  /** The connection is torn down: before the request's body is read, or after it. */
  | { readonly kind: 'reset'; readonly when: 'before-body' | 'after-body' };

export type Fault = Misbehaviour & {
  readonly route: Route;
  /** First call of the route that is hit, counted from when the fault is set; default 1. */
  readonly nth?: number;
  /** Calls in a row that are hit; default 1. */
  readonly times?: number;
  /** The request takes effect all the same: the document is made, the answer is lost. */
  readonly takesEffect?: boolean;
};

/** One request as it came in. The key is masked: `api_key: ***`. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly route: Route;
  readonly bodyBytes: number;
  /** SHA-256 of the body in hex; of an empty body too. */
  readonly bodySha256: string;
  /** SHA-256 of the uploaded file in hex, for a submit. */
  readonly fileSha256?: string;
  /** Text fields of a multipart body. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface ServerOptions {
  /** Default `test-key`. */
  readonly apiKey?: string;
  /** Folders answer 403 unless the plan is `max`. Default `free`. */
  readonly plan?: 'free' | 'max';
  /** Answers that say `queued` or `processing` before an uploaded document is done. Default 2. */
  readonly polls?: number;
  /** What becomes of uploads. Default `completed`. */
  readonly outcome?: DocumentStatus;
  /** Whether the answer to a submit names the file. Default true. */
  readonly namesOnSubmit?: boolean;
  /** Answers a path without its final slash with a 307. Default false: both forms are served. */
  readonly redirectsToSlash?: boolean;
  /** Answers a deletion with an empty body instead of a sentence. Default false. */
  readonly emptyDeletes?: boolean;
  /** What the service finds in an upload: its pages and its tree. Default: a sample of 3 pages. */
  readonly reads?: (file: Buffer) => Pick<NewDocument, 'pages' | 'tree'>;
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Told each request when it has come in. */
  readonly onRequest?: (request: LoggedRequest) => void;
  /** Time of day for `createdAt`; each document is a second later. Default 2026-03-02T09:15:00Z. */
  readonly now?: () => Date;
  readonly documents?: readonly NewDocument[];
}

export interface PageIndexServer {
  /** `http://127.0.0.1:PORT`, without a final slash. */
  readonly url: string;
  readonly apiKey: string;
  readonly requests: readonly LoggedRequest[];
  readonly documents: ReadonlyMap<string, FakeDocument>;
  /** Adds a document as if it had been uploaded before. */
  addDocument(document?: NewDocument): FakeDocument;
  fault(fault: Fault): void;
  /** Requests of one route, in order. */
  requestsOf(route: Route): readonly LoggedRequest[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
