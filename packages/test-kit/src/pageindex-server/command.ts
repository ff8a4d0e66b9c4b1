/** `openkb-fake-pageindex`: the fake server from the command line, for people without a key. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { fixture, fixtureNames } from './fixtures.ts';
import { handbook } from './handbook.ts';
import { startPageIndexServer } from './server.ts';
import type { Fault, LoggedRequest, ServerOptions } from './types.ts';

export interface FakeCommandIo {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

const USAGE = `openkb-fake-pageindex: a fake of PageIndex Cloud on this machine, for trying openkb without a key

  --port N          port on 127.0.0.1; 0, the default, is any that is free
  --key KEY         the key that it takes (test-key)
  --exports FILE    writes PAGEINDEX_API_URL and PAGEINDEX_API_KEY there for '. FILE'; removed at the end
  --polls N         answers that say queued or processing before an upload is done (2)
  --outcome WORD    what becomes of uploads: completed (default), failed, processing
  --plan free|max   folders need max
  --fixture NAME    adds a document in an odd shape, as pi-NAME; may be repeated; 'all' adds all:
                    ${fixtureNames
                      .join(' ')
                      .replace(/(.{1,78})(?: |$)/g, '$1\n                    ')
                      .trim()}
  --fault JSON      spoils answers; may be repeated, for example
                    '{"route":"ocr","kind":"status","status":503,"nth":1,"times":2}'
                    route: submit tree ocr metadata list delete folder folders chat markdown retrieval block
                    kind: status body truncated slow-headers slow-body reset
  --redirects       answers paths without a final slash with 307
  --quiet           no line for each request
`;

const OPTIONS = {
  port: { type: 'string', default: '0' },
  key: { type: 'string', default: 'test-key' },
  exports: { type: 'string' },
  polls: { type: 'string', default: '2' },
  outcome: { type: 'string', default: 'completed' },
  plan: { type: 'string', default: 'free' },
  fixture: { type: 'string', multiple: true, default: [] as string[] },
  fault: { type: 'string', multiple: true, default: [] as string[] },
  redirects: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Serves until the signal comes. Returns the exit code: 0, or 2 for a wrong command line. */
export async function fakePageIndexCommand(
  args: readonly string[],
  io: FakeCommandIo,
): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) io.out(USAGE);
    else await serve(settingsOf(values), io);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    io.err(`openkb-fake-pageindex: ${message}`);
    io.err("Try 'openkb-fake-pageindex --help'.");
    return 2;
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

interface Settings {
  readonly server: ServerOptions;
  readonly faults: readonly Fault[];
  readonly exportsFile: string | undefined;
  readonly quiet: boolean;
}

function settingsOf(values: Values): Settings {
  const names = values.fixture.flatMap((name) => (name === 'all' ? fixtureNames : [name]));
  if (values.plan !== 'free' && values.plan !== 'max') throw new TypeError('--plan is free or max');
  return {
    server: {
      apiKey: values.key,
      port: wholeNumber('port', values.port, 65_535),
      polls: wholeNumber('polls', values.polls, 1_000_000),
      outcome: values.outcome,
      plan: values.plan,
      redirectsToSlash: values.redirects,
      now: () => new Date(),
      documents: [...names.map(fixture), handbook()],
    },
    faults: values.fault.map(faultOf),
    exportsFile: values.exports,
    quiet: values.quiet,
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new TypeError(`--${name} takes a whole number up to ${most}, not "${text}"`);
}

function faultOf(text: string): Fault {
  try {
    const fault: unknown = JSON.parse(text);
    if (typeof fault === 'object' && fault !== null && 'route' in fault && 'kind' in fault)
      return fault as Fault;
  } catch {
    // says so below
  }
  throw new TypeError(`--fault takes an object with a route and a kind, not "${text}"`);
}

async function serve(
  { server: options, faults, exportsFile, quiet }: Settings,
  io: FakeCommandIo,
): Promise<void> {
  const onRequest = quiet ? undefined : (request: LoggedRequest) => io.err(line(request));
  const server = await startPageIndexServer({ ...options, ...(onRequest && { onRequest }) });
  try {
    for (const fault of faults) server.fault(fault);
    const key = server.apiKey.replaceAll("'", "'\\''");
    const settings = `export PAGEINDEX_API_URL=${server.url}\nexport PAGEINDEX_API_KEY='${key}'`;
    io.out(`A fake of PageIndex Cloud listens at ${server.url}; nothing leaves this machine.`);
    io.out(`In the shell in which you run openkb:\n\n${settings}\n`);
    io.out(`Its documents: ${[...server.documents.keys()].join(' ')}`);
    if (exportsFile !== undefined) {
      writeFileSync(`${exportsFile}.new`, `${settings}\n`);
      renameSync(`${exportsFile}.new`, exportsFile);
    }
    await ended(io.signal);
  } finally {
    if (exportsFile !== undefined) rmSync(exportsFile, { force: true });
    await server.close();
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

function line({ method, path, query, bodyBytes }: LoggedRequest): string {
  const search = new URLSearchParams(query).toString();
  const size = bodyBytes > 0 ? ` (${bodyBytes} bytes)` : '';
  return `${method} ${path}${search && `?${search}`}${size}`;
}
