/**
 * A conversation as it lies on disk, `.openkb/chats/<id>.json`, in the form of the Python program (0.4), which
 * reads ours and we its. `user_turns` and `assistant_texts` are what was said, one answer for each question.
 * `history` is what that program sends to a model: items of its agent library, which stay as they are; a turn of
 * ours is added to it as two items of the library's simplest form, exactly a role and a content.
 */
import { CliError } from '../errors.ts';
import { localTime } from '../report/local-time.ts';
import { shortened } from '../report/words.ts';

export interface Turn {
  readonly question: string;
  /** Markdown, its links checked. */
  readonly answer: string;
}

export interface ChatSession {
  /** The name of its file, without the ending. */
  readonly id: string;
  /** ISO 8601 without fractions of a second, UTC; empty where a file does not say. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** `provider/model`, or `extractive`; of another program, whatever it wrote. */
  readonly model: string;
  readonly language: string;
  /** The beginning of the first question. */
  readonly title: string;
  readonly turns: readonly Turn[];
  readonly history: readonly unknown[];
  /** What else the file holds: it stays. */
  readonly others: Readonly<Record<string, unknown>>;
}

/** Letters and digits first, so that no id names a hidden file or a way out of the folder. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/;

export const isSessionId = (text: string): boolean => ID.test(text);

interface Beginning {
  readonly at: Date;
  /** Letters and digits that no other session has. */
  readonly random: string;
  readonly model: string;
  readonly language: string;
}

export function newSession({ at, random, model, language }: Beginning): ChatSession {
  return {
    id: newId(at, random),
    createdAt: instant(at),
    updatedAt: instant(at),
    model,
    language,
    title: '',
    turns: [],
    history: [],
    others: {},
  };
}

/** `20260131-094500-1a2b3c4d`: local time, so that names sort by age. */
export const newId = (at: Date, random: string): string =>
  `${localTime(at).replace(/[-:]/g, '').replace(' ', '-')}-${random.slice(0, 8)}`;

export function withTurn(
  session: ChatSession,
  turn: Turn,
  { at, model }: { readonly at: Date; readonly model: string },
): ChatSession {
  const { question, answer } = turn;
  return {
    ...session,
    updatedAt: instant(at),
    model,
    title: session.title === '' ? titleOf(question) : session.title,
    turns: [...session.turns, turn],
    history: [
      ...session.history,
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  };
}

export function encodeSession(session: ChatSession): object {
  const { id, createdAt, updatedAt, model, language, title, turns, history, others } = session;
  return {
    ...others,
    id,
    created_at: createdAt,
    updated_at: updatedAt,
    model,
    language,
    title,
    turn_count: turns.length,
    history,
    user_turns: turns.map(({ question }) => question),
    assistant_texts: turns.map(({ answer }) => answer),
  };
}

/** @throws {CliError} `damaged-session` */
export function decodeSession(text: string, id: string): ChatSession {
  const file = parsed(text, id);
  const {
    id: _id,
    turn_count: _count,
    user_turns: questions = [],
    assistant_texts: answers = [],
    history = [],
    created_at: createdAt,
    updated_at: updatedAt,
    model,
    language,
    title,
    ...others
  } = file;
  if (!isTexts(questions)) throw damaged(id, '"user_turns" is no list of texts');
  if (!isTexts(answers)) throw damaged(id, '"assistant_texts" is no list of texts');
  // those without a question would be lost when it is saved again
  if (answers.length > questions.length) throw damaged(id, 'it has more answers than questions');
  if (!Array.isArray(history)) throw damaged(id, '"history" is no list');
  return {
    id,
    createdAt: textOr(createdAt, ''),
    updatedAt: textOr(updatedAt, ''),
    model: textOr(model, ''),
    language: textOr(language, 'en'),
    title: textOr(title, ''),
    turns: questions.map((question, i) => ({ question, answer: answers[i] ?? '' })),
    history,
    others,
  };
}

function parsed(text: string, id: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(id, 'it is no JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw damaged(id, 'it is no JSON object');
  return value as Record<string, unknown>;
}

const damaged = (id: string, why: string, cause?: unknown): CliError =>
  new CliError('damaged-session', `the conversation "${id}" cannot be read: ${why}`, { cause });

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;

const instant = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

/** Characters of a question that are the title. */
const TITLE = 60;

const titleOf = (question: string): string =>
  shortened(question.trim().replace(/\s+/g, ' '), TITLE);
