import type { ModelReply, ModelRequest } from '@openkb/test-kit/model-server';
import { startModelServer } from '@openkb/test-kit/model-server';
import { onTestFinished } from 'vitest';

import { main } from '../../src/main.ts';
import { write } from '../helpers/knowledge-base.ts';
import { run, servicesIn, temporaryDirectory } from '../helpers/run.ts';

export const KEY = 'sk-test-0123456789abcdef';
export const PROTOCOLS = ['openai', 'anthropic'] as const;
export type Protocol = (typeof PROTOCOLS)[number];
export const MODELS = { openai: 'openai/gpt-4o', anthropic: 'anthropic/claude-sonnet-4-5' };

const LAMP =
  '# Argand lamp\n\nThe Argand lamp has a round wick. It burns oil with a bright flame. The Argand lamp was made by Aimé Argand.\n';

/** A document of three pages, stored page by page. */
const HANDBOOK = JSON.stringify([
  { page: 1, content: 'The keeper cleans the lantern at dawn.' },
  { page: 2, content: 'The fog bell is struck every ninety seconds.' },
  { page: 3, content: 'The log is closed at noon.' },
]);

const SUMMARY =
  '---\ntype: "Summary"\ndescription: "A handbook for keepers."\ndoc_type: "pageindex"\nfull_text: "sources/handbook.json"\n---\n\n# Handbook\n\nWhat keepers of lighthouses do.\n';

export type Reply = (request: ModelRequest, index: number) => ModelReply | Promise<ModelReply>;

/** A knowledge base with a lamp and a handbook of three pages, whose model answers as told. */
export async function askable(protocol: Protocol, reply: Reply) {
  const dir = temporaryDirectory(onTestFinished);
  const server = await startModelServer({ reply, key: KEY });
  onTestFinished(() => server.close());
  write(dir, { 'lamp.md': LAMP });
  await run(dir, ['init', 'kb']);
  await run(dir, ['add', '--kb', 'kb', 'lamp.md']);
  write(dir, {
    'kb/wiki/sources/handbook.json': HANDBOOK,
    'kb/wiki/summaries/handbook.md': SUMMARY,
  });
  const keyName = protocol === 'openai' ? 'OPENAI_API_KEY' : 'ANTHROPIC_API_KEY';
  const environment: Record<string, string> = {
    [keyName]: KEY,
    OPENKB_BASE_URL: server[protocol],
    OPENKB_MODEL: MODELS[protocol],
  };
  const openkb = (command: string, ...args: string[]) =>
    run(dir, [command, '--kb', 'kb', ...args], { services: { environment } });
  return { dir, server, environment, openkb };
}

/** The command on a terminal of so many columns; what it shows, line by line. */
export async function onTerminal(
  cwd: string,
  args: readonly string[],
  { environment, columns = 80 }: { environment: Record<string, string>; columns?: number },
) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main([...args, '--kb', 'kb'], {
    io: {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      status: () => {},
      columns,
      outIsTerminal: true,
      errIsTerminal: true,
    },
    services: { ...servicesIn(cwd), environment },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** What the last tool of a request gave the model. */
export const toolResult = (request: ModelRequest | undefined): string =>
  request?.messages.findLast(({ role }) => role === 'tool')?.content ?? '';
