import { count } from '../report/words.ts';
import { asAddress, portableLinks } from './links.ts';
import { descriptionOf, type Exported, type ExportedFile, sectionsOf } from './okf-bundle.ts';
import { plain } from './okf-page.ts';
import type { ExportedPage, ExportedWiki } from './wiki-files.ts';

/**
 * A wiki for programs that read it as a web site (https://llmstxt.org): `llms.txt` lists the pages with what each is
 * about, `llms-full.txt` has them all in one, and the pages lie beside them as Markdown, where the list links them.
 * What can be left out, the full texts of documents, is under "Optional" and not in `llms-full.txt`.
 */
export function llmsTxt(wiki: ExportedWiki): Exported {
  const files = new Map<string, ExportedFile>();
  const there = new Set([...wiki.pages.map(({ path }) => path), ...wiki.pictures]);
  const address = (path: string) => (there.has(path) ? asAddress(path) : undefined);
  files.set('llms.txt', { text: list(wiki) });
  files.set('llms-full.txt', { text: whole(wiki, address) });
  for (const page of wiki.pages) {
    const up = '../'.repeat(page.path.split('/').length - 1);
    const relative = (path: string) => (there.has(path) ? up + asAddress(path) : undefined);
    files.set(page.path, { text: `${bodyOf(page, wiki, relative)}\n` });
  }
  for (const path of wiki.pictures) files.set(path, { copyOf: path });
  return files;
}

function bodyOf(
  page: ExportedPage,
  { resolve }: ExportedWiki,
  address: (path: string) => string | undefined,
): string {
  const body = portableLinks(page.text, { from: page.path, resolve, address });
  const text = body.trim();
  return /^# \S/.test(text) ? text : `# ${plain(page.title)}\n\n${text}`;
}

function summaryOf({ pages }: ExportedWiki): string {
  const number = (folder: string) => pages.filter(({ path }) => path.startsWith(folder)).length;
  const concepts = count(number('concepts/'), 'concept');
  const entities = count(number('entities/'), 'entity', 'entities');
  return `A wiki of ${concepts} and ${entities}, from ${count(number('summaries/'), 'document')}.`;
}

function list(wiki: ExportedWiki): string {
  const sections = sectionsOf(wiki.pages).map(({ heading, folder, pages }) => {
    const lines = pages.map((page) => {
      const description = descriptionOf(page);
      return `- [${plain(page.title)}](${asAddress(page.path)})${description === '' ? '' : `: ${description}`}`;
    });
    return { isOptional: folder === 'sources', heading, lines };
  });
  const ordered = [
    ...sections.filter(({ isOptional }) => !isOptional),
    ...sections.filter(({ isOptional }) => isOptional),
  ];
  const parts = ordered.map(
    ({ isOptional, heading, lines }) =>
      `## ${isOptional ? 'Optional' : heading}\n\n${lines.join('\n')}\n`,
  );
  return [`# ${plain(wiki.title)}\n`, `> ${summaryOf(wiki)}\n`, ...parts].join('\n');
}

function whole(wiki: ExportedWiki, address: (path: string) => string | undefined): string {
  const pages = sectionsOf(wiki.pages)
    .filter(({ folder }) => folder !== 'sources')
    .flatMap((section) => section.pages);
  const texts = pages.map((page) => bodyOf(page, wiki, address));
  return `${[`# ${plain(wiki.title)}\n\n> ${summaryOf(wiki)}`, ...texts].join('\n\n---\n\n')}\n`;
}
