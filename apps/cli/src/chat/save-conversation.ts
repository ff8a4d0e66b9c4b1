import type { LockContext, KnowledgeBase } from '../knowledge-base/open.ts';
import { checkAnswer } from '../query/check-answer.ts';
import { saveExploration } from '../query/save.ts';
import { wikiReader } from '../query/wiki-reader.ts';
import type { Services } from '../services.ts';
import type { ChatSession } from './session.ts';
import { transcript } from './transcript.ts';

/**
 * Saves a conversation as a page, in one commit. Links that led somewhere when they were written and do not now
 * become text.
 *
 * @param name of the page; else the conversation's title is
 * @returns the page, relative to the root
 */
export function saveConversation(
  { kb, services, lock }: { kb: KnowledgeBase; services: Services; lock: LockContext },
  { id, createdAt, model, title, turns }: ChatSession,
  name: string,
): Promise<string> {
  const { text: body, citations } = checkAnswer(transcript(turns), wikiReader(kb));
  const exploration = {
    question: name === '' ? title || id : name,
    body,
    cites: citations.map(({ page }) => page.slice('wiki/'.length)),
    by: model === '' ? 'unknown' : model,
    conversation: { id, createdAt },
  };
  return saveExploration(kb, lock, { exploration, clock: services.clock, operation: 'chat' });
}
