import type { ConvertedDocument } from '@openkb/converter';
import type { CompilerInput, DocumentSection } from '@openkb/wiki-compiler';

import type { Config } from '../knowledge-base/config.ts';
import type { StoredText } from './stored-text.ts';

export interface CompileJob {
  readonly name: string;
  readonly document: ConvertedDocument;
  readonly stored: StoredText;
  /** The section tree of a long document where it is known already. */
  readonly sections: readonly DocumentSection[] | undefined;
  readonly config: Config;
  /** Ends the work. */
  readonly signal: AbortSignal;
}

/** What a compiler is given: the text, and of a long document the section tree. */
export async function compilerInput({
  name,
  document,
  stored,
  sections,
}: CompileJob): Promise<CompilerInput> {
  const long = stored.form === 'json';
  return {
    name,
    title: document.title,
    format: compilerFormat[document.format],
    markdown: stored.markdown,
    ...(stored.pages && { pages: stored.pages }),
    ...(long && { sections: sections ?? (await sectionsOf(document)) }),
    ...(document.metadata.authors && { authors: document.metadata.authors }),
    fullText: stored.path.slice('wiki/'.length),
    docType: long ? 'pageindex' : 'short',
  };
}

export const compilerOptions = ({ config, signal }: Pick<CompileJob, 'config' | 'signal'>) => ({
  language: config.language,
  entityTypes: config.entity_types,
  signal,
});

async function sectionsOf({
  pages,
  outline,
  outlineFrom,
}: ConvertedDocument): Promise<readonly DocumentSection[]> {
  const { buildSectionTree } = await import('@openkb/tree-index');
  const texts = (pages ?? []).map(({ page, markdown }) => ({ page, text: markdown }));
  // headings are found in the pages, after the printed contents
  const bookmarks = outlineFrom === 'headings' ? [] : outline;
  return buildSectionTree({ pages: texts, outline: bookmarks }).nodes;
}

/** The formats that a compiler tells apart: by what their Markdown is like. */
const compilerFormat: Readonly<Record<ConvertedDocument['format'], CompilerInput['format']>> = {
  pdf: 'pdf',
  text: 'text',
  docx: 'docx',
  odt: 'docx',
  rtf: 'docx',
  html: 'html',
  mhtml: 'html',
  epub: 'html',
  pptx: 'markdown',
  xlsx: 'markdown',
  xls: 'markdown',
  ods: 'markdown',
  csv: 'markdown',
  json: 'markdown',
  xml: 'markdown',
  ipynb: 'markdown',
  markdown: 'markdown',
};
