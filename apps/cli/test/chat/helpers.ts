import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ModelRequest } from '@openkb/test-kit/model-server';

import { piped } from '../helpers/conversation.ts';
import { read } from '../helpers/knowledge-base.ts';
import { run } from '../helpers/run.ts';
import { askable, type Protocol, type Reply } from '../query/helpers.ts';

const drive = fileURLToPath(new URL('../terminal/drive.py', import.meta.url));

export const hasTerminal =
  process.platform !== 'win32' && spawnSync('python3', ['-c', 'import pty']).status === 0;

/** What is waited for on the screen, and what is typed then. */
export type Script = readonly (readonly [seen: string, typed: string])[];

export const PROMPT = '>>> ';
export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';

interface OnTerminal {
  readonly environment?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

/** `openkb chat` of the build on a real terminal of its own, while servers of this process go on answering. */
export async function typeInChat(
  cwd: string,
  args: readonly string[],
  script: Script,
  { environment = {}, columns = 80 }: OnTerminal = {},
): Promise<{ shown: string; code: number }> {
  const cli = process.env['OPENKB_TEST_CLI'] ?? '';
  const job = {
    argv: [process.execPath, cli, 'chat', '--kb', 'kb', ...args],
    cwd,
    env: { HOME: cwd, TERM: 'xterm', NO_COLOR: '1', ...environment },
    answers: script,
    columns,
  };
  const child = spawn('python3', [drive]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(JSON.stringify(job));
  await once(child, 'close');
  if (out === '') throw new Error(err);
  return JSON.parse(out) as { shown: string; code: number };
}

/** What stands on the screen in the end, line by line, of what a terminal was sent: lines that were overwritten are not. */
export const screen = (shown: string): string =>
  shown
    .split('\r\n')
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    .map((line) => line.replace(/^.*(?:\r\u001B\[2K|\u001B\[1G\u001B\[0J)/s, ''))
    // oxlint-disable-next-line no-control-regex -- as above
    .map((line) => line.replace(/\u001B\[[?\d;]*[A-Za-z]/g, ''))
    .join('\n');

/** A knowledge base whose model answers as told, and `openkb chat` into which text is piped. */
export async function chatty(reply: Reply, protocol: Protocol = 'openai') {
  const asked = await askable(protocol, reply);
  const { dir, environment } = asked;
  const pipe = (text: string, ...args: string[]) =>
    run(dir, ['chat', '--kb', 'kb', ...args], { services: { environment, ...piped(text) } });
  return { ...asked, pipe };
}

export interface SessionFile {
  readonly id: string;
  readonly title: string;
  readonly model: string;
  readonly turn_count: number;
  readonly user_turns: readonly string[];
  readonly assistant_texts: readonly string[];
  readonly history: readonly object[];
  readonly [other: string]: unknown;
}

/** Names in the folder of conversations, sorted. */
export function sessionFiles(dir: string): string[] {
  const folder = join(dir, 'kb/.openkb/chats');
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

/** The conversations on disk, by name of their files. */
export const sessions = (dir: string): SessionFile[] =>
  sessionFiles(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(read(dir, `kb/.openkb/chats/${name}`)) as SessionFile);

/** What the last message of a request says. */
export const asked = (request: ModelRequest | undefined): string =>
  request?.messages.at(-1)?.content ?? '';
