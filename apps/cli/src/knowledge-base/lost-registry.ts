import { CliError } from '../errors.ts';
import type { Files } from './files.ts';
import { registryPath, wikiPath } from './layout.ts';
import { pageNames } from './pages.ts';

/** Directories in which there is a page only where there was a document. */
const OF_DOCUMENTS = ['summaries', 'sources', 'concepts', 'entities'];

/** Whether there are pages of documents and no registry of them. One without documents needs none. */
export function lostRegistry({ files }: { readonly files: Files }): boolean {
  return !files.has(registryPath) && OF_DOCUMENTS.some((directory) => hasPages(files, directory));
}

const hasPages = (files: Files, directory: string): boolean =>
  pageNames(files, directory).length > 0 ||
  (directory === 'sources' &&
    files.names(wikiPath(directory)).some((name) => /^[^.].*\.json$/.test(name)));

/** Ends a command that would begin a new registry: whatever the lost one knew, nobody would ask for any more. */
export const registryMissing = (): CliError =>
  new CliError(
    'registry-missing',
    `the registry "${registryPath}" is missing, and there are documents`,
    {
      hint: "Nothing was changed. Run 'openkb doctor --rebuild-registry', which makes it again from the documents; or put a backup of it in its place.",
    },
  );
