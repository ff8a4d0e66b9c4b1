import { localTime } from '../report/local-time.ts';
import type { Print } from '../report/reporter.ts';
import { table } from '../report/table.ts';
import type { ChatSession } from './session.ts';
import type { Stock } from './store.ts';

export interface Conversations {
  readonly type: 'chats';
  /** That which was used last first. */
  readonly sessions: readonly {
    readonly id: string;
    readonly title: string;
    readonly turns: number;
    readonly updatedAt: string;
    readonly model: string;
  }[];
  /** Ids whose files cannot be read. */
  readonly damaged: readonly string[];
}

export const conversationsOf = ({ sessions, damaged }: Stock): Conversations => ({
  type: 'chats',
  sessions: sessions.map(({ id, title, turns, updatedAt, model }: ChatSession) => ({
    id,
    title,
    turns: turns.length,
    updatedAt,
    model,
  })),
  damaged,
});

export const printConversations: Print<Conversations> = ({ sessions }, { bold }) => {
  if (sessions.length === 0) return [];
  const [heading = '', ...rows] = table([
    ['id', 'turns', 'used', 'title'],
    ...sessions.map(({ id, turns, updatedAt, title }) => [
      id,
      String(turns),
      when(updatedAt),
      title === '' ? '(empty)' : title.replace(/\s+/g, ' '),
    ]),
  ]);
  return [bold(heading), ...rows];
};

/** Local, to the minute; what is no time as it is. */
function when(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : localTime(time).slice(0, 16);
}
