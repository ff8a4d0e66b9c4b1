/**
 * Document + wiki -> compilation: the pages to create, change and remove. Pure: nothing is written,
 * and the same document and wiki give the same compilation, byte for byte.
 */
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
