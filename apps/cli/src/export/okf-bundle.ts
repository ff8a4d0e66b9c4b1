import { readLog } from '@openkb/wiki';

import { fromRoot, okfPage, plain } from './okf-page.ts';
import type { ExportedPage, ExportedWiki } from './wiki-files.ts';

/** A file of an export: its text, or the file of the wiki that it is a copy of. */
export type ExportedFile = { readonly text: string } | { readonly copyOf: string };

/** By path below the directory of the export. */
export type Exported = ReadonlyMap<string, ExportedFile>;

export const OKF_VERSION = '0.2';

/** The folders of the wiki in the order in which a reader meets them; any other folder follows. */
export const SECTIONS: readonly (readonly [folder: string, heading: string])[] = [
  ['summaries', 'Documents'],
  ['concepts', 'Concepts'],
  ['entities', 'Entities'],
  ['explorations', 'Explorations'],
  ['sources', 'Full texts'],
];

/** A wiki as a bundle of the Open Knowledge Format, version 0.2. */
export function okfBundle(wiki: ExportedWiki, producer: string): Exported {
  const there = new Set([...wiki.pages.map(({ path }) => path), ...wiki.pictures]);
  const titles = new Map(wiki.pages.map(({ path, title }) => [path, title]));
  const address = (path: string) => (there.has(path) ? fromRoot(path) : undefined);
  const options = { wiki, titles, address, producer };
  const files = new Map<string, ExportedFile>();
  files.set('index.md', { text: indexPage(wiki) });
  files.set('log.md', { text: logPage(wiki.log) });
  for (const page of wiki.pages) files.set(page.path, { text: okfPage(page, options) });
  for (const path of wiki.pictures) files.set(path, { copyOf: path });
  return files;
}

/** Pages under the headings of their sections, those without a section last; sections without pages are left out. */
export function sectionsOf(pages: readonly ExportedPage[]): {
  readonly heading: string;
  readonly folder: string;
  readonly pages: readonly ExportedPage[];
}[] {
  const known = new Set(SECTIONS.map(([folder]) => folder));
  const named = SECTIONS.map(([folder, heading]) => ({
    heading,
    folder,
    pages: pages.filter((page) => folderOf(page) === folder),
  }));
  const rest = pages.filter((page) => !known.has(folderOf(page)));
  return [...named, { heading: 'Other pages', folder: '', pages: rest }].filter(
    (section) => section.pages.length > 0,
  );
}

export function descriptionOf({ fields }: ExportedPage): string {
  const { description } = fields;
  return typeof description === 'string'
    ? description
        .replace(/\s+/g, ' ')
        .replace(/\[\[|\]\]/g, '')
        .trim()
    : '';
}

function indexPage({ title, pages }: ExportedWiki): string {
  const sections = sectionsOf(pages).map(
    (section) => `\n## ${section.heading}\n\n${section.pages.map(entryOf).join('\n')}`,
  );
  return `---\nokf_version: "${OKF_VERSION}"\n---\n\n# ${plain(title)}\n${sections.join('\n')}\n`;
}

function entryOf(page: ExportedPage): string {
  const description = descriptionOf(page);
  const end = description === '' ? '' : ` - ${description}`;
  return `* [${plain(page.title)}](${fromRoot(page.path)})${end}`;
}

/** By day, the newest first; in a day too. */
function logPage(log: string): string {
  const days = new Map<string, string[]>();
  for (const { at, operation, description } of readLog(log).toReversed()) {
    const [day = ''] = at.split(' ');
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) continue;
    const verb = operation === '' ? 'Change' : operation[0]?.toUpperCase() + operation.slice(1);
    const what = description.replace(/\[\[([^\]|]*)(?:\|[^\]]*)?\]\]/g, '$1');
    const lines = days.get(day) ?? [];
    lines.push(`* **${verb}**: ${what}`.replace(/: $/, ''));
    days.set(day, lines);
  }
  const newest = Array.from(days).toSorted(([a], [b]) => (a < b ? 1 : -1));
  return ['# Log\n', ...newest.map(([day, lines]) => `## ${day}\n\n${lines.join('\n')}\n`)].join(
    '\n',
  );
}

const folderOf = ({ path }: ExportedPage) => path.slice(0, Math.max(0, path.indexOf('/')));
