/**
 * The compiler that asks a language model. Five passes: summary, plan, pages, summary with links, and the
 * rest by code. Every request begins with the same messages, so that providers bill most of it at the price
 * of cached tokens; nothing in a request depends on the clock, on chance or on the order in which answers
 * arrive, so that the same wiki, document and answers give the same compilation, byte for byte, and a second
 * try asks for nothing that a cache of replies has.
 *
 * A document is compiled as a whole or not at all: what fails is a `CompileError`, unless `allowPartial` is
 * set. Nothing is written; the caller commits the compilation.
 */
import type { CompilationMessage, CompilerInput, WikiView } from '../compilation.ts';
import { isTooLong, reasonOf } from './ask/port-error.ts';
import {
  type CompilationContext,
  openingMessages,
  summaryPathOf,
  systemMessage,
} from './compilation-context.ts';
import { compileShown } from './compile-shown.ts';
import { CompileError } from './error.ts';
import { estimateCompilation } from './estimate.ts';
import { type ModelCompilerOptions, settingsOf } from './options.ts';
import { removeWithModel } from './remove/remove-document.ts';
import type { CompileOptions, ModelCompilation, ModelCompiler } from './result.ts';
import { Session } from './session.ts';
import { prepareDigest, type ShownDocument, shownText } from './shown-document.ts';
import { WikiState } from './wiki-state.ts';

/** The compiler named like its model. */
export function createModelCompiler(options: ModelCompilerOptions): ModelCompiler {
  const settings = settingsOf(options);
  return {
    name: settings.model.name,
    async compile(input, wiki, compileOptions) {
      const session = new Session(input.name, settings, compileOptions.signal);
      return compileDocument(session, input, wiki, compileOptions);
    },
    async remove(name, wiki, removeOptions) {
      const session = new Session(name, settings, removeOptions.signal);
      return removeWithModel(session, wiki, removeOptions);
    },
    estimate: (input, wiki, compilerOptions) =>
      estimateCompilation(settings, { input, wiki, options: compilerOptions }),
  };
}

/** Tries the forms in which a document may be shown, the fullest first, until one fits into the model's context. */
async function compileDocument(
  session: Session,
  input: CompilerInput,
  view: WikiView,
  options: CompileOptions,
): Promise<ModelCompilation> {
  session.signal?.throwIfAborted();
  const wiki = new WikiState(view);
  const system = systemMessage(view, options);
  const summaryPath = summaryPathOf(input);
  const base = { session, input, options, wiki, summaryPath };
  const attempt = (shown: ShownDocument, last: boolean): Promise<ModelCompilation> => {
    const opening = openingMessages(system, input, shown);
    const context: CompilationContext = { ...base, shown, opening, last };
    return compileShown(context, options.resume);
  };
  const whole = shownText(input, session);
  if (whole !== undefined) {
    const compilation = await unlessTooLong(attempt(whole, false));
    if (compilation !== undefined) return compilation;
  }
  const source = { system, page: summaryPath, language: options.language };
  const digest = await prepareDigest(session, input, source);
  for (const part of [1, 4]) {
    // oxlint-disable-next-line no-await-in-loop -- the next form is tried where this one does not fit
    const compilation = await unlessTooLong(
      attempt(digest.shown(Math.ceil(session.documentTokens / part)), false),
    );
    if (compilation !== undefined)
      return withMessages(compilation, digestMessages(input, digest.sections.missing.length));
  }
  try {
    const compilation = await attempt(digest.shown(Math.ceil(session.documentTokens / 16)), true);
    return withMessages(compilation, digestMessages(input, digest.sections.missing.length));
  } catch (error) {
    if (!isTooLong(error)) throw error;
    throw new CompileError(
      'document-too-long',
      `The document "${input.name}" could not be compiled: not even its section tree fits into the model's context (${reasonOf(error)}).`,
      { usage: session.usage, cause: error },
    );
  }
}

async function unlessTooLong<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isTooLong(error)) return undefined;
    throw error;
  }
}

function withMessages(
  compilation: ModelCompilation,
  messages: readonly CompilationMessage[],
): ModelCompilation {
  return { ...compilation, messages: [...messages, ...compilation.messages] };
}

function digestMessages({ name }: CompilerInput, missing: number): CompilationMessage[] {
  const shown: CompilationMessage = {
    level: 'info',
    code: 'compiled-by-sections',
    text: `The document "${name}" is long: it was compiled from its section tree.`,
  };
  if (missing === 0) return [shown];
  const sections = missing === 1 ? '1 section' : `${missing} sections`;
  const quoted: CompilationMessage = {
    level: 'warning',
    code: 'sections-not-summarised',
    text: `The model gave no summary of ${sections} of "${name}"; their first sentences stand in for it.`,
  };
  return [shown, quoted];
}
