/**
 * Document + wiki -> compilation: the pages to create, change and remove. Pure: nothing is written,
 * and the same document and wiki give the same compilation, byte for byte.
 */
export {
  type Catalogue,
  type CataloguedPage,
  type CataloguedSummary,
  readCatalogue,
} from './catalogue/read-catalogue.ts';
export { shortlist, type ShortlistOptions } from './catalogue/shortlist.ts';
export type {
  Compilation,
  CompilationMessage,
  Compiler,
  CompilerInput,
  CompilerOptions,
  DocumentSection,
  PageChange,
  PageText,
  WikiView,
} from './compilation.ts';
export { extractiveCompiler } from './extractive/extractive-compiler.ts';
export { removeDocumentFromPage } from './extractive/remove-document.ts';
