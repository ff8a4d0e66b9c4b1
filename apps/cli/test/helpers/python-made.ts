import { sha256, write } from './knowledge-base.ts';

/** Bytes of two originals; their hashes are the keys of the registry. */
export const ORIGINALS = {
  'attention.pdf': '%PDF-1.4 of another program\n',
  'Old Notes.md': '# Old notes\n\nAttention was once called alignment.\n',
} as const;

const PAGE = `---
type: "Concept"
sources: ["summaries/attention.md", "summaries/Old Notes.md"]
brief: "How a model weighs its inputs"
---

# Attention

Attention weighs inputs: see [[summaries/attention]] and [[concepts/transformer|the transformer]].

## Related Documents
- [[summaries/attention]]
- [[summaries/Old Notes]]
`;

/**
 * A knowledge base as the Python program leaves it (0.4): the registry as `json.dump(indent=2)` writes
 * it with an old entry that has no `doc_name`, no log page, an index without `Entities`, settings
 * and front matter that we do not write, files that are its own.
 */
export function writePythonMade(root: string, options: { log?: boolean } = {}): void {
  const registry = {
    [sha256(ORIGINALS['attention.pdf'])]: {
      name: 'attention.pdf',
      doc_name: 'attention',
      type: 'long_pdf',
      path: '/home/ana/papers/attention.pdf',
      raw_path: 'raw/attention.pdf',
      source_path: 'wiki/sources/attention.json',
      doc_id: 'b6a1-77',
      ingested_by: 'openkb 0.4.2',
    },
    [sha256(ORIGINALS['Old Notes.md'])]: { name: 'Old Notes.md', type: 'md' },
  };
  write(root, {
    'raw/attention.pdf': ORIGINALS['attention.pdf'],
    'raw/Old Notes.md': ORIGINALS['Old Notes.md'],
    'wiki/AGENTS.md': '# Wiki Schema\n\nWrite short pages.\n',
    'wiki/index.md':
      '# Knowledge Base Index\n\n## Documents\n- [[summaries/attention]] (pageindex) — On attention\n' +
      '- [[summaries/Old Notes]] (short) — Notes\n\n## Concepts\n- [[concepts/attention]] — How a model weighs its inputs\n' +
      '- [[concepts/transformer]] — A model of attention\n\n## Explorations\n',
    ...(options.log && {
      'wiki/log.md': '# Operations Log\n\n## [2025-11-02 10:00:00] ingest | attention.pdf\n\n',
    }),
    'wiki/summaries/attention.md':
      '---\ndoc_type: pageindex\nfull_text: sources/attention.json\n---\n\n# Attention\n\nAbout [[concepts/attention]] and [[concepts/transformer]].\n',
    'wiki/summaries/Old Notes.md':
      '---\nsources: [raw/Old Notes.md]\nbrief: Notes\n---\n\n# Old notes\n\nAbout [[concepts/attention]].\n',
    'wiki/concepts/attention.md': PAGE,
    'wiki/concepts/transformer.md':
      '---\nsources: [summaries/attention.md]\nbrief: A model of attention\n---\n\n# Transformer\n\nUses [[concepts/attention]].\n',
    'wiki/sources/attention.json': JSON.stringify(
      [
        { page: 1, content: 'Attention is all you need.', images: [] },
        {
          page: 2,
          content: 'The transformer has no recurrence.',
          images: [{ path: 'sources/images/attention/p2_img1.png' }],
        },
      ],
      null,
      2,
    ),
    'wiki/sources/Old Notes.md': ORIGINALS['Old Notes.md'],
    'wiki/sources/images/attention/p2_img1.png': 'a picture',
    'wiki/reports/lint_20251102_100500.md': '# Lint Report\n',
    '.openkb/config.yaml':
      'language: en\nlitellm:\n  timeout: 600\nmodel: gpt-5.4\npageindex_threshold: 20\n',
    '.openkb/hashes.json': JSON.stringify(registry, null, 2),
    '.openkb/pageindex.db': 'a database',
    '.openkb/files/b6a1-77/doc.pdf': 'a copy',
    '.openkb/chats/1.json': '{}',
    '.env': 'LLM_API_KEY=none\n',
  });
}
