import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Paths in the order in which they were asked for. */
  readonly asked: readonly string[];
}

export type Route = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on loopback with these paths; it goes away with the test. */
export async function webServer(
  onTestFinished: (cleanup: () => Promise<void>) => void,
  routes: Readonly<Record<string, string | Route>>,
  host = '127.0.0.1',
): Promise<WebServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const route = routes[path];
    if (route === undefined) response.writeHead(404).end('<html>not here</html>');
    else if (typeof route === 'string') response.end(route);
    else route(response, request);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://${host}:${(server.address() as AddressInfo).port}`, asked };
}
