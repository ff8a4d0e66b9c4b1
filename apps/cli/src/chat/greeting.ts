/** What is shown before the first question: where one is, and what was said before. */
import type { Context } from '../command.ts';
import { count, shortened } from '../report/words.ts';
import type { ChatSession } from './session.ts';

/** Turns that are shown of a conversation that goes on, and characters of each. */
const SHOWN = 5;
const SHORT = 180;

interface Greeting {
  readonly context: Context;
  readonly root: string;
  readonly session: ChatSession;
  /** Absent without a model. */
  readonly model: string | undefined;
  readonly typed: boolean;
}

export function greet({ context: { reporter }, root, session, model, typed }: Greeting): void {
  const { id, turns, title } = session;
  const value = {
    type: 'session',
    id,
    root,
    model: model ?? 'extractive',
    title,
    turns: turns.length,
  };
  reporter.step(value);
  if (typed) reporter.note(`openkb chat · ${root}`);
  reporter.note(`${model ?? 'no model'} · conversation ${id}`);
  if (model === undefined)
    reporter.note(
      'No model is set, so each question gets the passages that fit best; see openkb config set model.',
    );
  if (!typed) return;
  reporter.note('/help lists the commands. Ctrl-C ends an answer, Ctrl-D leaves.');
  if (turns.length === 0) return;
  const left = Math.max(0, turns.length - SHOWN);
  reporter.note(
    `${count(turns.length, 'turn')} so far${left > 0 ? `, of which the last ${SHOWN}` : ''}:`,
  );
  for (const [i, { question, answer }] of turns.slice(left).entries()) {
    reporter.note(`[${left + i + 1}] ${short(question)}`);
    reporter.note(`    ${short(answer)}`);
  }
}

const short = (text: string): string =>
  shortened(
    text
      .slice(0, SHORT * 4)
      .replace(/\s+/g, ' ')
      .trim(),
    SHORT,
  );
