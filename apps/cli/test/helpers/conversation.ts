import { replaceFile } from '@openkb/atomic-fs';
import type { SimulatedFileSystem } from '@openkb/test-kit/file-system';

import type { Services } from '../../src/services.ts';
import { ROOT } from './simulated.ts';

/** Where `writeConversation` puts it. */
export const CONVERSATION_FILE = `${ROOT}/.openkb/chats/a.json`;

/** Puts a conversation of one turn, `a`, into the knowledge base on a simulated disk. */
export function writeConversation(disk: SimulatedFileSystem): void {
  const conversation = {
    id: 'a',
    created_at: '2026-01-02T03:04:05Z',
    title: 'What is a lamp?',
    user_turns: ['What is a lamp?'],
    assistant_texts: ['A light: [[summaries/old]].'],
  };
  disk.makeDirectory(`${ROOT}/.openkb/chats`);
  replaceFile(disk, CONVERSATION_FILE, JSON.stringify(conversation), { id: 'x' });
}

/** What is piped into the process. */
export const piped = (text: string): Pick<Services, 'input'> => ({
  input: async function* input() {
    yield await Promise.resolve(new TextEncoder().encode(text));
  },
});
