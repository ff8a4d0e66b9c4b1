/** The port to the network: one GET, to an address that was judged before. */

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a connection to this IP address may be made. Asked of every address of the host that is known. */
  readonly permits: (address: string) => boolean;
  /** Ends the request, and the reading of its answer. */
  readonly signal: AbortSignal;
}

/**
 * The head of an answer. The body is read by iterating it; it fails where the connection breaks
 * before the end that the head announced.
 */
export interface HttpAnswer {
  readonly status: number;
  /** Value of a header by its lower-case name; several of one name joined by `, `. */
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  /** IP address that the connection was made to; absent where a proxy made it, and nobody here knows. */
  readonly address?: string;
  /** Closes the connection; safe to call twice. */
  close(): void;
}

/**
 * Makes one request and follows nothing.
 * @throws {AddressRefused} where no address of the host is permitted
 * @throws the system's error, or the signal's reason
 */
export type HttpGet = (request: HttpRequest) => Promise<HttpAnswer>;

/** All addresses of a host are ones that `permits` refused. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly address: string;

  constructor(address: string) {
    super(`the address ${address} is not permitted`);
    this.address = address;
  }
}
