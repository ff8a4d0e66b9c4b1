import { type Script } from '@openkb/test-kit/scripted-model';

import { inputOf } from './memory-wiki.ts';
import { page, plan } from './scripted.ts';

/** A document of which a plan makes two pages. */
export const NOTE = inputOf(
  'note',
  '# Note on caches\n\nA cache is a store of copies. Ada Lovelace never saw one. More at https://example.org/cache.',
);

export const SUMMARY = page(
  'The note explains caches. A cache keeps copies near their readers, and Ada Lovelace never saw one.',
  'A note on caches.',
);

export const CACHE = page(
  'A cache is a store that keeps copies of data near the programs that read them.\n\n## Limits\n\nIt may hold what is no longer true.',
  'A store of copies.',
);

/** Answers to what is asked of every document. */
export const BASE: Readonly<Record<string, Script>> = {
  summary: SUMMARY,
  relink: page(
    'The note explains [[concepts/cache|caches]]. A cache keeps copies near their readers, and [[entities/ada-lovelace|Ada Lovelace]] never saw one.',
  ),
};

/** Answers to everything that `NOTE` leads to. */
export const REPLIES: Readonly<Record<string, Script>> = {
  ...BASE,
  plan: plan({
    create: [
      { title: 'Cache', about: 'What a cache is.' },
      { kind: 'entity', type: 'person', title: 'Ada Lovelace', about: 'Never saw a cache.' },
    ],
  }),
  'page concepts/cache': CACHE,
  'page entities/ada-lovelace': page(
    'Ada Lovelace never saw a [[concepts/cache|cache]].',
    'A person.',
  ),
};
