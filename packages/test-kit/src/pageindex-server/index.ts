/**
 * A fake of the PageIndex Cloud API: a real HTTP server on loopback with the endpoints, states and
 * oddities that public material shows, faults on demand, and a log of all requests.
 */
export { samplePages, sampleTree } from './documents.ts';
export { fakePageIndexCommand } from './command.ts';
export type { FakeCommandIo } from './command.ts';
export { fixture, fixtureNames } from './fixtures.ts';
export { handbook } from './handbook.ts';
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
