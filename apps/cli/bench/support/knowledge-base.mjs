import { execFileSync } from 'node:child_process';
// Knowledge bases of a known size, as many adds would have left them: pages of 1 to 4 KB that link to one
// another, the texts and originals of the documents, index, registry and log.
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prose, proseSentence, titleOf } from './prose.mjs';
import { random } from './text.mjs';

export const CLI =
  process.env.OPENKB_BENCH_CLI ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** What a document brings: a summary, five concepts, two entities. Its text is not counted as a page. */
const CONCEPTS = 5;
const ENTITIES = 2;
const PAGES = 1 + CONCEPTS + ENTITIES;

export const temporaryDirectory = () => mkdtempSync(join(tmpdir(), 'openkb-bench-'));

/** @param pages summaries, concepts and entities together, about */
export function makeKnowledgeBase(pages) {
  const root = temporaryDirectory();
  execFileSync(process.execPath, [CLI, 'init', '--quiet', root]);
  const documents = Math.ceil(pages / PAGES);
  const write = (path, text) => writeFileSync(join(root, path), text);
  const registry = {};
  for (let n = 0; n < documents; n += 1) {
    const text = documentText(n);
    registry[createHash('sha256').update(text).digest('hex')] = registered(n);
    write(`raw/document-${n}.md`, text);
    write(
      `wiki/sources/document-${n}.md`,
      `---\ntype: "Source"\ntitle: "${documentTitle(n)}"\n---\n\n${text}`,
    );
    write(`wiki/summaries/document-${n}.md`, summaryPage(n));
    for (const page of [...conceptsOf(n), ...entitiesOf(n)])
      write(`wiki/${page.path}.md`, subjectPage(page, n, documents));
  }
  write('wiki/index.md', index(documents));
  write('wiki/log.md', log(documents));
  write('.openkb/hashes.json', JSON.stringify(registry, null, 2));
  return root;
}

const documentTitle = (n) => `Report ${n} on ${titleOf(n * PAGES)}`;
const about = (n, kind) => proseSentence(random(n * 3 + kind));
const slug = (title) => title.toLowerCase().replaceAll(' ', '-');

function subject(directory, number, type) {
  const title = titleOf(number);
  return {
    number,
    path: `${directory}/${slug(title)}-${number}`,
    title: `${title} ${number}`,
    type,
  };
}

const conceptsOf = (n) =>
  Array.from({ length: CONCEPTS }, (_, i) => subject('concepts', n * PAGES + i, 'Concept'));
const entitiesOf = (n) =>
  Array.from({ length: ENTITIES }, (_, i) =>
    subject('entities', n * PAGES + CONCEPTS + i, 'Person'),
  );

const link = ({ path, title }) => `[[${path}|${title}]]`;

function documentText(n) {
  const pick = random(n + 7);
  const parts = Array.from({ length: 2 + pick(4) }, (_, part) => {
    const sentences = prose(pick, 600 + pick(1200));
    return `## ${proseSentence(pick).split(' ').slice(0, 3).join(' ')} ${part}\n\n${sentences.join(' ')}\n`;
  });
  return `# ${documentTitle(n)}\n\n${prose(pick, 300).join(' ')}\n\n${parts.join('\n')}`;
}

/** 1 to 4 KB: what up to three documents say of the subject. */
function subjectPage({ number, title, type }, document, documents) {
  const pick = random(number + 11);
  const others = Array.from({ length: pick(3) }, () => pick(documents));
  const from = [...new Set([document, ...others])].toSorted((a, b) => a - b);
  const sections = from.map((n) => {
    const quotes = prose(pick, 300 + pick(1000)).map((one, i) =>
      i % 4 === 1
        ? `> ${one.slice(0, -1)} and ${link(conceptsOf(n)[pick(CONCEPTS)])}.`
        : `> ${one}`,
    );
    const name = documentTitle(n);
    return `## [[summaries/document-${n}|${name}]]\n\n${quotes.join('\n\n')}\n`;
  });
  const sources = from.map((n) => `"summaries/document-${n}.md"`).join(', ');
  return `---
type: "${type}"
title: "${title}"
sources: [${sources}]
description: "${about(number, 1)}"
compiled_by: "extractive"
---

# ${title}

${about(number, 1)}

${sections.join('\n')}
## Related Documents

${from.map((n) => `- [[summaries/document-${n}|${documentTitle(n)}]]`).join('\n')}
`;
}

function summaryPage(n) {
  const pick = random(n + 13);
  const listed = (pages) =>
    pages.map((page) => `- ${link(page)} (${1 + pick(9)} mentions)`).join('\n');
  return `---
type: "Summary"
title: "${documentTitle(n)}"
description: "${about(n, 2)}"
doc_type: "short"
full_text: "sources/document-${n}.md"
compiled_by: "extractive"
format: "markdown"
language: "en"
---

# ${documentTitle(n)}

*Compiled offline without a language model: the sentences below are quoted from the [[sources/document-${n}|document]].*

${prose(pick, 500 + pick(1000)).join('\n\n')}

## Related Concepts

${listed(conceptsOf(n))}

## Entities

${listed(entitiesOf(n))}
`;
}

const documentLine = (n) => `- [[summaries/document-${n}]] (short) — ${about(n, 2)}`;

function index(documents) {
  const numbers = Array.from({ length: documents }, (_, n) => n);
  const lines = (pagesOf, label) =>
    numbers
      .flatMap((n) => pagesOf(n))
      .map(({ path, number }) => `- [[${path}]]${label} — ${about(number, 1)}`)
      .join('\n');
  return [
    '# Knowledge Base Index\n',
    `## Documents\n\n${numbers.map(documentLine).join('\n')}\n`,
    `## Concepts\n\n${lines(conceptsOf, '')}\n`,
    `## Entities\n\n${lines(entitiesOf, ' (person)')}\n`,
    '## Explorations\n',
  ].join('\n');
}

const log = (documents) =>
  `# Operations Log\n${Array.from({ length: documents }, (_, n) => `\n## [2026-01-02 03:04:05] ingest | document-${n}.md\n`).join('')}`;

const registered = (n) => ({
  name: `document-${n}.md`,
  doc_name: `document-${n}`,
  type: 'md',
  path: `/home/someone/papers/document-${n}.md`,
  raw_path: `raw/document-${n}.md`,
  source_path: `wiki/sources/document-${n}.md`,
});
