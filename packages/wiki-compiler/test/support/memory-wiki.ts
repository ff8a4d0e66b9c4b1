import type {
  Compilation,
  Compiler,
  CompilerInput,
  CompilerOptions,
  WikiView,
} from '../../src/index.ts';

/** A wiki in memory: what a compilation says is done, and nothing else. */
export class MemoryWiki implements WikiView {
  readonly pages: Map<string, string>;

  constructor(pages: Iterable<readonly [string, string]> = []) {
    this.pages = new Map(pages);
  }

  read(path: string): string | undefined {
    return this.pages.get(path);
  }

  list(directory: string): readonly string[] {
    return [...this.pages.keys()].filter((path) => path.startsWith(`${directory}/`)).toSorted();
  }

  apply({ pages, removals = [] }: Compilation): void {
    for (const { path, text } of pages) this.pages.set(path, text);
    for (const path of removals) this.pages.delete(path);
  }

  /** Pages in the order of their paths, as one value to compare. */
  snapshot(): Record<string, string> {
    return Object.fromEntries([...this.pages].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export const OPTIONS: CompilerOptions = {
  language: 'en',
  entityTypes: ['person', 'organization', 'place', 'product', 'work', 'event', 'other'],
};

export function inputOf(
  name: string,
  markdown: string,
  more: Partial<CompilerInput> = {},
): CompilerInput {
  const title = /^# +(.+)$/m.exec(markdown)?.[1] ?? name;
  return {
    name,
    title,
    format: 'markdown',
    markdown,
    fullText: `sources/${name}.md`,
    docType: 'short',
    ...more,
  };
}

/** Stores the text and applies the compilation, as `add` does. */
export async function add(
  wiki: MemoryWiki,
  compiler: Compiler,
  input: CompilerInput,
): Promise<Compilation> {
  wiki.pages.set(input.fullText, storedText(input));
  const compilation = await compiler.compile(input, wiki, OPTIONS);
  wiki.apply(compilation);
  return compilation;
}

/** Removes a document, its summary and its stored text, as `remove` does. */
export async function remove(wiki: MemoryWiki, compiler: Compiler, name: string): Promise<void> {
  const compilation = await compiler.remove?.(name, wiki, OPTIONS);
  if (compilation === undefined) throw new Error('the compiler cannot remove');
  wiki.apply(compilation);
  for (const path of [`summaries/${name}.md`, `sources/${name}.md`, `sources/${name}.json`])
    wiki.pages.delete(path);
}

function storedText({ fullText, markdown, pages = [] }: CompilerInput): string {
  if (!fullText.endsWith('.json')) return markdown;
  return JSON.stringify(pages.map(({ page, text }) => ({ page, content: text, images: [] })));
}
