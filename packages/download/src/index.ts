/**
 * Downloads one http or https URL to a sink: resumed after breaks, verified, within limits of size and
 * time, and never led by a redirect into a network that the public one does not reach.
 */
export { scopeOf, type Scope } from './address/scope.ts';
export { download } from './download.ts';
export { DownloadError, type DownloadErrorCode } from './error.ts';
export type { Address, HttpAnswer, HttpGet, HttpRequest } from './http/http.ts';
export { nodeHttp, type Lookup, type NodeHttpOptions } from './http/node-http.ts';
export type { ProxySettings } from './http/proxy.ts';
export { defaultLimits, type DownloadLimits } from './limits.ts';
export { isWebAddress, parseAddress, withoutCredentials } from './web-address.ts';
export type {
  Clock,
  Download,
  DownloadMessage,
  DownloadOptions,
  Progress,
  Retry,
  Sink,
} from './types.ts';
