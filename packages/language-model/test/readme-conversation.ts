import { setTimeout as delay } from 'node:timers/promises';

import {
  createLanguageModel,
  loadPriceBook,
  metered,
  patientFetch,
  resolveModelSettings,
  withReplyCache,
} from '../src/index.ts';
import type { ReplyStore, SettingSources } from '../src/index.ts';

export async function askTheWiki(
  sources: SettingSources,
  pages: ReadonlyMap<string, string>,
  replies: ReplyStore,
): Promise<string> {
  const settings = resolveModelSettings(sources);
  if (!settings) return 'No model is set.';

  const client = patientFetch();
  const asked = createLanguageModel({
    ...settings.options,
    fetch: client.fetch,
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
  });
  const prices = await loadPriceBook({ at: new Date() });
  const model = metered(withReplyCache(asked, replies), {
    costOf: (usage) => prices.costOf(asked.name, usage),
    allow: ({ dollars }) => {
      if (dollars > 1) throw new Error('This has cost more than a dollar.');
    },
  });

  let shown = '';
  const { text } = await model.stream({
    messages: [
      { role: 'system', content: 'Answer from the pages of the wiki.', cache: true },
      { role: 'user', content: 'What is attention?' },
    ],
    tools: [
      {
        name: 'read_page',
        description: 'Gives the text of a page, by its path.',
        parameters: {
          type: 'object',
          properties: { path: { type: 'string' } },
          required: ['path'],
        },
        execute(input) {
          const { path } = input as { path: string };
          const page = pages.get(path);
          if (page === undefined) throw new Error(`There is no page "${path}".`);
          return page;
        },
      },
    ],
    onText: (piece) => (shown += piece),
    onRestart: () => (shown = ''),
  });
  await client.close();
  const { usage, dollars, unpriced } = model.spent();
  return `${text} [${usage.requests} requests, $${dollars}, ${unpriced} without a price]`;
}
