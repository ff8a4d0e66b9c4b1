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
export { readStoredInput } from './stored-input.ts';
export { removeDocumentFromPage } from './extractive/remove-document.ts';
export { CompileError, type CompileErrorCode, type PageFailure } from './model-compiler/error.ts';
export type { CompileEstimate } from './model-compiler/estimate.ts';
export { createModelCompiler } from './model-compiler/model-compiler.ts';
export type {
  CompilerModel,
  ModelMessage,
  ModelReply,
  ModelRequest,
  TokenUsage,
} from './model-compiler/model-port.ts';
export { textOfPersons } from './model-compiler/page/text-of-persons.ts';
export type { ModelCompilerOptions } from './model-compiler/options.ts';
export type { CompilationPlan, PlannedPage } from './model-compiler/plan/planned-page.ts';
export type { CompileStep, Pass } from './model-compiler/progress.ts';
export type {
  CompileOptions,
  MissingPage,
  ModelCompilation,
  ModelCompiler,
  RemovalCompilation,
  RemoveOptions,
} from './model-compiler/result.ts';
