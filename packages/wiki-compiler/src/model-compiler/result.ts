/** What the compiler takes and returns beyond the interface that all compilers share. */
import type {
  Compilation,
  Compiler,
  CompilerInput,
  CompilerOptions,
  WikiView,
} from '../compilation.ts';
import type { PageFailure } from './error.ts';
import type { CompileEstimate } from './estimate.ts';
import type { TokenUsage } from './model-port.ts';
import type { CompilationPlan, PlannedPage } from './plan/planned-page.ts';

export interface CompileOptions extends CompilerOptions {
  /**
   * Goes on from passes 1 and 2 of an earlier try: after a conflict, so that pages alone are asked for again.
   * With `pages` and no `summary` only these pages are made, for a document that was compiled in part.
   */
  readonly resume?: CompilationPlan | undefined;
}

export interface ModelCompilation extends Compilation {
  /** What could not be made, in the order of the plan; empty unless `allowPartial` is set. */
  readonly missing: readonly MissingPage[];
  /** Passes 1 and 2: `resume` of another try. */
  readonly plan: CompilationPlan;
  readonly usage: TokenUsage;
}

/** Plain JSON but for `failure.cause`. */
export interface MissingPage {
  readonly page: PlannedPage;
  readonly failure: PageFailure;
}

export interface ModelCompiler extends Compiler {
  compile(input: CompilerInput, wiki: WikiView, options: CompileOptions): Promise<ModelCompilation>;
  remove(name: string, wiki: WikiView, options: RemoveOptions): Promise<RemovalCompilation>;
  /** What `compile` will about cost. Makes no request. */
  estimate(input: CompilerInput, wiki: WikiView, options: CompilerOptions): CompileEstimate;
}

export interface RemoveOptions extends CompilerOptions {
  /** Asks the model to write pages again without what only the document said (false). */
  readonly rewrite?: boolean;
}

export interface RemovalCompilation extends Compilation {
  readonly usage: TokenUsage;
}
