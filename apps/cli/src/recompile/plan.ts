import type { Change } from '@openkb/journal';
import {
  type CompilationPlan,
  type CompilerInput,
  readStoredInput,
  type WikiView,
} from '@openkb/wiki-compiler';

import { CliError } from '../errors.ts';
import { pageChanges } from '../knowledge-base/compiled-changes.ts';
import type { Config } from '../knowledge-base/config.ts';
import { type RegisteredDocument, stillRegistered } from '../knowledge-base/find-document.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { restsOn } from '../knowledge-base/rests-on.ts';
import { recordingView } from '../knowledge-base/wiki-view.ts';
import type { Compiled, DocumentCompiler, Estimate } from '../model/compiling.ts';

/** All that compiling a document again means to do; registry, index and log come with the commit. */
export interface RecompilePlan {
  readonly document: RegisteredDocument;
  readonly input: CompilerInput;
  readonly compilation: Compiled;
  readonly changes: readonly Change[];
  /** Pages that its pages link and it does not write. */
  readonly restsOn: readonly string[];
}

export interface RecompileInputs {
  readonly kb: KnowledgeBase;
  readonly compiler: DocumentCompiler;
  readonly config: Config;
  readonly signal: AbortSignal;
  /** What an earlier try had made before the wiki moved on. */
  readonly resume?: CompilationPlan | undefined;
}

/**
 * Compiles a document again from its stored text. Writes nothing and takes no lock.
 *
 * @throws {CliError} `text-missing`; `unknown-document`, `conflict` where another command was at it
 */
export async function planRecompile(
  document: RegisteredDocument,
  { kb, compiler, config, signal, resume }: RecompileInputs,
): Promise<RecompilePlan> {
  const view = recordingView(kb.files);
  const input = await storedInput(kb, document, view);
  const options = { language: config.language, entityTypes: config.entity_types, signal };
  const from = resume ?? missingPages(document);
  const compilation = await compiler.compile(input, view, { ...options, resume: from });
  const changes = pageChanges(compilation, view);
  return { document, input, compilation, changes, restsOn: restsOn(compilation, view) };
}

/** `undefined` where no model is asked. */
export async function estimateRecompile(
  document: RegisteredDocument,
  { kb, compiler, config, signal }: RecompileInputs,
): Promise<Estimate | undefined> {
  const view = recordingView(kb.files);
  const options = { language: config.language, entityTypes: config.entity_types, signal };
  return compiler.estimate?.(await storedInput(kb, document, view), view, options);
}

/** Of a document that was kept in part only the missing pages are asked for. */
function missingPages({ entry }: RegisteredDocument): CompilationPlan | undefined {
  const { partial } = entry;
  if (!Array.isArray(partial) || partial.length === 0) return undefined;
  return { pages: partial as NonNullable<CompilationPlan['pages']> };
}

async function storedInput(
  kb: KnowledgeBase,
  document: RegisteredDocument,
  view: WikiView,
): Promise<CompilerInput> {
  const input = readStoredInput(document.name, view);
  if (input === undefined) {
    stillRegistered(kb.registry(), document);
    throw new CliError(
      'text-missing',
      `cannot compile "${document.name}" again: its stored text in wiki/sources is missing or unreadable`,
      { hint: 'Add its original again with openkb add --force.' },
    );
  }
  if (input.pages === undefined) return input;
  const { buildSectionTree } = await import('@openkb/tree-index');
  return { ...input, sections: buildSectionTree({ pages: input.pages, outline: [] }).nodes };
}
