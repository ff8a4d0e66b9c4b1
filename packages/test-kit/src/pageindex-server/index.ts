/**
 * A fake of the PageIndex Cloud API: a real HTTP server on loopback with the endpoints, states and
 * oddities that public material shows, faults on demand, and a log of all requests.
 */
export { samplePages, sampleTree } from './documents.ts';
export { startPageIndexServer } from './server.ts';
export type {
  DocumentStatus,
  ErrorForm,
  FakeDocument,
  Fault,
  LoggedRequest,
  Misbehaviour,
  NewDocument,
  PageIndexServer,
  Route,
  ServerOptions,
} from './types.ts';
