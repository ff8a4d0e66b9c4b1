/**
 * The conversations of a knowledge base, `.openkb/chats/`. They are the person's own and no part of the wiki: no
 * lock is taken for them, and each file is replaced as a whole. A file that is not what this process last saw of
 * it is never written: the conversation goes on in a file of its own. No link is followed, and no name that was
 * typed becomes a path: it is looked for among the names in the folder.
 */
import { join } from 'node:path';

import {
  type FileSystem,
  hashBytes,
  hashFile,
  isTemporaryName,
  jsonText,
  makeDirectories,
  readFile,
  removeFile,
  replaceFile,
} from '@openkb/atomic-fs';

import { CliError } from '../errors.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { type ChatSession, decodeSession, encodeSession, isSessionId, newId } from './session.ts';

/** A conversation, and what is on disk of it. */
export interface Stored {
  readonly session: ChatSession;
  /** Of its file; absent where there is none yet. */
  readonly sha256?: string;
}

export interface Stock {
  /** That which was used last first. */
  readonly sessions: readonly ChatSession[];
  /** Ids of files that cannot be read as conversations. */
  readonly damaged: readonly string[];
}

export interface ChatStore {
  all(): Stock;
  /**
   * The id that a text means: one that is there, or the beginning of only one.
   * @throws {CliError} `no-session`, `ambiguous-session`
   */
  find(text: string): string;
  /** @throws {CliError} `damaged-session` */
  load(id: string): Stored;
  /** Replaces the file, or makes it; under a new id where somebody else has written it meanwhile. */
  save(stored: Stored): Stored;
  remove(id: string): void;
  /** Gives a file a name by which no program takes it for a conversation. @returns the name */
  setAside(id: string): string;
}

const FOLDER = '.openkb/chats';
const ENDING = '.json';
/** Bytes of a file that are read; no conversation is so long. */
const MOST = 64_000_000;
/** Age from which a temporary file is nobody's any more, in milliseconds. */
const OLD = 3_600_000;

export function chatStore(
  kb: Pick<KnowledgeBase, 'root' | 'fileSystem'>,
  services: Pick<Services, 'clock' | 'randomId'>,
): ChatStore {
  return new Folder(kb, services);
}

class Folder implements ChatStore {
  readonly #path: string;
  readonly #disk: FileSystem;
  readonly #services: Pick<Services, 'clock' | 'randomId'>;

  constructor(
    { root, fileSystem }: Pick<KnowledgeBase, 'root' | 'fileSystem'>,
    services: Pick<Services, 'clock' | 'randomId'>,
  ) {
    this.#path = join(root, FOLDER);
    this.#disk = fileSystem;
    this.#services = services;
  }

  all(): Stock {
    const found: Used[] = [];
    const damaged: string[] = [];
    for (const id of this.#ids()) {
      try {
        const modified = this.#disk.stat(this.#pathOf(id))?.modified ?? 0;
        found.push({ session: this.load(id).session, modified });
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        damaged.push(id);
      }
    }
    return { sessions: found.toSorted(byUse).map(({ session }) => session), damaged };
  }

  find(text: string): string {
    return findId(this.#ids(), text);
  }

  load(id: string): Stored {
    const stat = this.#disk.stat(this.#pathOf(id));
    if (stat === undefined) throw noSession(id);
    if (stat.kind !== 'file' || stat.size > MOST)
      throw new CliError('not-a-session', `"${FOLDER}/${id}${ENDING}" is no conversation`);
    const bytes = readFile(this.#disk, this.#pathOf(id));
    const session = decodeSession(new TextDecoder().decode(bytes), id);
    return { session, sha256: hashBytes(bytes).sha256 };
  }

  save(stored: Stored): Stored {
    const { clock, randomId } = this.#services;
    this.#names();
    makeDirectories(this.#disk, this.#path);
    this.#removeOld();
    const { session } = this.#isAsSeen(stored)
      ? stored
      : { session: { ...stored.session, id: newId(clock(), randomId()) } };
    const text = jsonText(encodeSession(session));
    const { sha256 } = replaceFile(this.#disk, this.#pathOf(session.id), text, { id: randomId() });
    return { session, sha256 };
  }

  remove(id: string): void {
    this.#names();
    removeFile(this.#disk, this.#pathOf(id));
    this.#disk.syncDirectory(this.#path);
  }

  setAside(id: string): string {
    this.#names();
    const stamp = this.#services.clock().toISOString().replace(/\D/g, '').slice(0, 14);
    const name = `${id}${ENDING}.damaged-${stamp}-${this.#services.randomId().slice(0, 4)}`;
    this.#disk.rename(this.#pathOf(id), join(this.#path, name));
    this.#disk.syncDirectory(this.#path);
    return `${FOLDER}/${name}`;
  }

  #pathOf(id: string): string {
    if (!isSessionId(id)) throw noSession(id);
    return join(this.#path, id + ENDING);
  }

  /** None where there is no folder yet. */
  #names(): string[] {
    const kind = this.#disk.stat(this.#path)?.kind;
    if (kind === undefined) return [];
    if (kind === 'directory') return this.#disk.list(this.#path);
    throw new CliError('not-a-folder', `"${FOLDER}" is no folder, so it holds no conversations`);
  }

  #ids(): string[] {
    return this.#names()
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter((id) => isSessionId(id) && this.#disk.stat(this.#pathOf(id))?.kind === 'file');
  }

  #isAsSeen({ session: { id }, sha256 }: Stored): boolean {
    const stat = this.#disk.stat(this.#pathOf(id));
    if (stat === undefined || sha256 === undefined)
      return stat === undefined && sha256 === undefined;
    return stat.kind === 'file' && hashFile(this.#disk, this.#pathOf(id)).sha256 === sha256;
  }

  /** What killed processes left; others may be writing at this moment. */
  #removeOld(): void {
    const oldest = this.#services.clock().getTime() - OLD;
    for (const name of this.#names().filter(isTemporaryName)) {
      const stat = this.#disk.stat(join(this.#path, name));
      if (stat?.kind === 'file' && stat.modified < oldest)
        removeFile(this.#disk, join(this.#path, name));
    }
  }
}

interface Used {
  readonly session: ChatSession;
  /** Of its file. */
  readonly modified: number;
}

/** What the file says counts, which is to the second, since a copy or a checkout changes the other. */
function byUse(a: Used, b: Used): number {
  const [one, other] = [a.session.updatedAt, b.session.updatedAt];
  return one === other ? b.modified - a.modified : one < other ? 1 : -1;
}

function findId(ids: readonly string[], text: string): string {
  if (ids.includes(text)) return text;
  const fitting = text === '' ? [] : ids.filter((id) => id.startsWith(text));
  const [only] = fitting;
  if (only === undefined) throw noSession(text);
  if (fitting.length === 1) return only;
  throw new CliError(
    'ambiguous-session',
    `"${text}" is the beginning of ${fitting.length} conversations: ${fitting.slice(0, 5).join(', ')}${fitting.length > 5 ? ' and more' : ''}`,
    { hint: 'Give more of the id.' },
  );
}

const noSession = (text: string): CliError =>
  new CliError('no-session', `there is no conversation "${text}"`, {
    hint: "See the ids with 'openkb chat --list'.",
  });
