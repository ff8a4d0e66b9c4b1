import type { Compiler, PageChange } from '@openkb/wiki-compiler';

/**
 * The smallest compiler that merges pages: each document has a summary, and every word in capitals
 * is a concept whose page lists the documents that have it.
 */
export const wordCompiler: Compiler = {
  name: 'words',
  compile: ({ name, title, markdown, docType, fullText }, wiki) => {
    const words = [...new Set(markdown.match(/\b[A-Z]{4,}\b/g))].toSorted();
    const summary = `summaries/${name}.md`;
    const action = (path: string): PageChange['action'] =>
      wiki.read(path) === undefined ? 'create' : 'update';
    const related = words.map((word) => `- [[concepts/${word.toLowerCase()}]]\n`).join('');
    return Promise.resolve({
      messages: [],
      pages: [
        {
          path: summary,
          kind: 'summary',
          title,
          description: `About ${title}`,
          action: action(summary),
          text: `---\ntype: "Summary"\ndescription: "About"\ndoc_type: "${docType}"\nfull_text: "${fullText}"\n---\n\n# ${title}\n\n${related}`,
        },
        ...words.map((word): PageChange => {
          const path = `concepts/${word.toLowerCase()}.md`;
          const line = `- [[summaries/${name}]]\n`;
          const old =
            wiki.read(path) ?? `---\ntype: "Concept"\ndescription: "${word}"\n---\n\n# ${word}\n\n`;
          return {
            path,
            kind: 'concept',
            title: word,
            description: `The word ${word}`,
            action: action(path),
            text: old.includes(line) ? old : old + line,
          };
        }),
      ],
    });
  },
  remove: (name, wiki) => {
    const line = `- [[summaries/${name}]]\n`;
    const touched = wiki.list('concepts').filter((path) => wiki.read(path)?.includes(line));
    const rest = touched.map((path) => ({ path, text: wiki.read(path)!.replace(line, '') }));
    return Promise.resolve({
      messages: [],
      removals: rest.filter(({ text }) => !text.includes('- [[')).map(({ path }) => path),
      pages: rest
        .filter(({ text }) => text.includes('- [['))
        .map(({ path, text }) => {
          const title = /^# (.*)$/m.exec(text)?.[1] ?? '';
          const description = `The word ${title}`;
          return { path, kind: 'concept', title, description, action: 'update', text };
        }),
    });
  },
};
