import { readFileSync } from 'node:fs';

import { expect, test, vi } from 'vitest';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

test('the example of the README is the one that runs, and prints what it says', async () => {
  const example = read('example.ts');
  expect(read('../README.md')).toContain(`\`\`\`ts\n${example}\`\`\``);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./example.ts');
  expect(log.mock.calls).toEqual([
    [
      [
        'No page links "concepts/self-attention.md".',
        '"concepts/self-attention.md" links "concepts/transformer", which does not exist.',
      ],
    ],
    ['It relates the positions of a single sequence.'],
  ]);
});
