// Knowledge bases of a known size, as many adds would have left them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { random, sentences } from './text.mjs';

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** A document brings five new pages, so that a wiki has a fifth as many documents as concepts. */
const CONCEPTS_PER_DOCUMENT = 5;

export const temporaryDirectory = () => mkdtempSync(join(tmpdir(), 'openkb-bench-'));

export function makeKnowledgeBase(pages) {
  const root = temporaryDirectory();
  execFileSync(process.execPath, [CLI, 'init', '--quiet', root]);
  const documents = Math.ceil(pages / CONCEPTS_PER_DOCUMENT);
  for (let n = 0; n < pages; n += 1) {
    const name = `subject-${n}`;
    writeFileSync(join(root, 'wiki/concepts', `${name}.md`), conceptPage(n));
  }
  for (let n = 0; n < documents; n += 1) {
    const name = `document-${n}.md`;
    writeFileSync(join(root, 'wiki/summaries', name), summaryPage(n));
  }
  writeFileSync(join(root, 'wiki/index.md'), index(pages, documents));
  writeFileSync(join(root, '.openkb/hashes.json'), registry(documents));
  return root;
}

function conceptPage(n) {
  const document = Math.floor(n / CONCEPTS_PER_DOCUMENT);
  const quotes = sentences(random(n), 24).map((one) => `> ${one}`);
  return `---
type: "Concept"
title: "Subject ${n}"
sources: ["summaries/document-${document}.md"]
description: "What subject ${n} is about, in a line of the usual length."
compiled_by: "extractive"
---

# Subject ${n}

## [[summaries/document-${document}|Document ${document}]]

${quotes.join('\n\n')}
`;
}

function summaryPage(n) {
  return `---
type: "Summary"
title: "Document ${n}"
description: "What document ${n} is about, in a line of the usual length."
doc_type: "short"
full_text: "sources/document-${n}.md"
compiled_by: "extractive"
---

# Document ${n}

${sentences(random(n), 6).join(' ')}
`;
}

const line = (of, kind, label) => (_, n) =>
  `- [[${of}/${kind}-${n}]]${label} — What ${kind} ${n} is about, in a line of the usual length.`;

function index(pages, documents) {
  const summaries = Array.from({ length: documents }, line('summaries', 'document', ' (short)'));
  const concepts = Array.from({ length: pages }, line('concepts', 'subject', ''));
  return [
    '# Knowledge Base Index\n',
    `## Documents\n\n${summaries.join('\n')}\n`,
    `## Concepts\n\n${concepts.join('\n')}\n`,
    '## Entities\n',
    '## Explorations\n',
  ].join('\n');
}

function registry(documents) {
  const entries = Array.from({ length: documents }, (_, n) => [
    n.toString(16).padStart(64, '0'),
    {
      name: `document-${n}.md`,
      doc_name: `document-${n}`,
      type: 'md',
      path: `/home/someone/papers/document-${n}.md`,
      raw_path: `raw/document-${n}.md`,
      source_path: `wiki/sources/document-${n}.md`,
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}
