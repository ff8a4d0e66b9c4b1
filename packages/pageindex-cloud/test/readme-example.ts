import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import { type PageIndexClient, createClient, readDocument } from '@openkb/pageindex-cloud';

const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal });

export const connect = (apiKey: string, baseUrl = 'https://api.pageindex.ai'): PageIndexClient => {
  return createClient({ apiKey, baseUrl, fetch, clock: { now: Date.now, sleep } });
};

export const index = async (client: PageIndexClient, path: string): Promise<string> => {
  const { id } = await client.submit(new Blob([await readFile(path)]), 'handbook.pdf');
  await client.wait(id, { onStatus: ({ status }) => console.log(status) });
  const { nodes, pages } = await readDocument(client, id);
  return `${nodes[0]?.title}: pages 1 to ${nodes[0]?.endPage}, ${pages.length} pages of text`;
};
