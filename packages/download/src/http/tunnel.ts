import * as http from 'node:http';
import type { Socket } from 'node:net';

import { DownloadError } from '../error.ts';
import type { Proxy } from './proxy.ts';

/**
 * A connection through a proxy to the host of an https URL (`CONNECT`, RFC 9110, 9.3.6).
 *
 * @throws {DownloadError} `proxy`; the signal's reason
 */
export function openTunnel(proxy: Proxy, url: URL, signal: AbortSignal): Promise<Socket> {
  const { host, port, authorization } = proxy;
  const authority = `${url.hostname}:${url.port || '443'}`;
  const refused = (why: string, cause?: unknown) =>
    new DownloadError(
      'proxy',
      `"${url.href}" cannot be reached through the proxy "${host}:${port}": ${why}`,
      { hint: 'Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY.', cause },
    );
  return new Promise((resolve, reject) => {
    const request = http.request({
      host,
      port,
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...(authorization !== undefined && { 'proxy-authorization': authorization }),
      },
      agent: false,
      signal,
    });
    request.on('connect', ({ statusCode, statusMessage }, socket, head) => {
      if (statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      return reject(refused(`it answers ${statusCode} ${statusMessage}`));
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      reject(signal.aborted ? error : refused(error.code ?? error.message, error)),
    );
    request.end();
  });
}
