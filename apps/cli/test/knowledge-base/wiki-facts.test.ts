import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { nodeFileSystem } from '@openkb/atomic-fs';
import { checkFacts, checkWiki, graphOfFacts, linkGraph } from '@openkb/wiki';
import { expect, test } from 'vitest';

import { filesOf } from '../../src/knowledge-base/files.ts';
import { wikiFacts } from '../../src/knowledge-base/wiki-facts.ts';

const concept = (n: number) =>
  `---\ntype: "Concept"\nsources: ["summaries/a.md"]\n---\n\n# C ${n}\n\n[[concepts/c-${n + 1}]] [[sources/long]]\n`;

const PAGES = new Map([
  [
    'index.md',
    '# Knowledge Base Index\n\n## Concepts\n\n- [[concepts/c-1]]\n- [[concepts/gone]]\n',
  ],
  ['log.md', '# Operations Log\n\n## [2026-01-01 00:00:00] ingest | [[nowhere]]\n'],
  ['AGENTS.md', '# Conventions\n'],
  ['summaries/a.md', '---\ntype: "Summary"\n---\n\n# A\n\n[[concepts/none]]\n'],
  ['sources/a.md', '# A\n'],
  ['sources/long.json', '[]'],
  ['explorations/q.md', '---\na: [\n---\n'],
  ...Array.from({ length: 80 }, (_, n): [string, string] => [`concepts/c-${n}.md`, concept(n)]),
]);

test('the facts of a knowledge base give the violations and the graph of its texts, kept or not', async () => {
  const root = mkdtempSync(join(tmpdir(), 'openkb-facts-'));
  try {
    mkdirSync(join(root, '.openkb'));
    for (const [path, text] of PAGES) {
      mkdirSync(dirname(join(root, 'wiki', path)), { recursive: true });
      writeFileSync(join(root, 'wiki', path), text);
    }
    await sleep(25);
    for (let round = 0; round < 2; round += 1) {
      const wiki = wikiFacts(filesOf(nodeFileSystem(), root));
      const violations = checkFacts(wiki);
      expect(violations).toEqual(checkWiki(PAGES));
      expect(violations.length).toBeGreaterThan(80);
      const graph = linkGraph(new Map([...PAGES].filter(([path]) => path.endsWith('.md'))));
      const { nodes } = graphOfFacts(wiki);
      expect(nodes).toEqual(graph.nodes);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('a knowledge base without a wiki has no facts', () => {
  const root = mkdtempSync(join(tmpdir(), 'openkb-facts-'));
  expect(checkFacts(wikiFacts(filesOf(nodeFileSystem(), root)))).toEqual([]);
  rmSync(root, { recursive: true });
});
