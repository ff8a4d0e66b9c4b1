/** How the documents of one command are compiled: without a model, or each with a meter and a cache of its own. */
import type { Spending } from '@openkb/language-model';
import type {
  CompilationPlan,
  CompileEstimate,
  CompileStep,
  Compiler,
  CompilerInput,
  CompilerOptions,
  MissingPage,
  RemoveOptions,
  Compilation,
  WikiView,
} from '@openkb/wiki-compiler';

import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Services } from '../services.ts';
import { noteSpending } from './ledger.ts';
import type { OpenModel } from './open-model.ts';
import { documentReplies, removeOldReplies } from './reply-store.ts';

/** What a compiler returns, with what one that asks a model has more. */
export type Compiled = Compilation & {
  /** Pages that could not be made, where that is allowed. */
  readonly missing?: readonly MissingPage[];
  /** The next try, after a conflict, goes on from it. */
  readonly plan?: CompilationPlan;
};

export interface CompileRequest extends CompilerOptions {
  readonly resume?: CompilationPlan | undefined;
}

export interface Compiling {
  /** `extractive`, or `provider/model`. */
  readonly name: string;
  /** What the command has spent; absent without a model. */
  spent(): Spending | undefined;
  /** The compiler of one document; `onStep` is told where it is. */
  open(onStep: (step: CompileStep, spent: Spending) => void): DocumentCompiler;
}

export interface DocumentCompiler {
  compile(input: CompilerInput, wiki: WikiView, request: CompileRequest): Promise<Compiled>;
  remove(name: string, wiki: WikiView, options: RemoveOptions): Promise<Compilation>;
  /** What compiling will about cost, without a request; absent without a model. */
  estimate?(input: CompilerInput, wiki: WikiView, options: CompilerOptions): Estimate;
  /** What this document has cost; absent without a model. */
  spent(): Spending | undefined;
  /** Notes what was spent; answers are kept unless the document is committed. */
  end(subject: string, outcome: 'committed' | 'failed'): void;
}

export interface Estimate extends CompileEstimate {
  /** US dollars; absent where no price is known. */
  readonly dollars?: number;
}

export function extractiveCompiling(compiler: Compiler): Compiling {
  return {
    name: compiler.name,
    spent: () => undefined,
    open: () => ({
      compile: (input, wiki, options) => compiler.compile(input, wiki, options),
      remove: (...args) =>
        compiler.remove?.(...args) ?? Promise.resolve({ pages: [], messages: [] }),
      spent: () => undefined,
      end: () => {},
    }),
  };
}

export interface ModelCompiling {
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly opened: OpenModel;
  /** For the ledger: `add`. */
  readonly command: string;
  readonly concurrency: number;
  readonly allowPartial: boolean;
}

export async function modelCompiling(given: ModelCompiling): Promise<Compiling> {
  const { services, kb, opened, command, concurrency, allowPartial } = given;
  const { name, model, prices } = opened;
  removeOldReplies(kb, services.clock());
  const [{ createModelCompiler }, { metered, withReplyCache }] = await Promise.all([
    import('@openkb/wiki-compiler'),
    import('@openkb/language-model'),
  ]);
  return {
    name,
    spent: () => model.spent(),
    open(onStep) {
      const replies = documentReplies(kb, services);
      const cached = withReplyCache(model, replies);
      const meter = metered(cached, { costOf: (usage) => prices.costOf(name, usage) });
      const compiler = createModelCompiler({
        model: meter,
        concurrency,
        allowPartial,
        countTokens: (text) => model.estimateTokens(text),
        onStep: (step) => onStep(step, meter.spent()),
      });
      let noted = false;
      return {
        compile: (...args) => compiler.compile(...args),
        remove: (...args) => compiler.remove(...args),
        estimate(...args) {
          const estimate = compiler.estimate(...args);
          const dollars = prices.costOf(name, estimate);
          return { ...estimate, ...(dollars !== undefined && { dollars }) };
        },
        spent: () => meter.spent(),
        end(subject, outcome) {
          if (outcome === 'committed') replies.forget();
          if (noted) return;
          noted = true;
          const at = services.clock().toISOString();
          noteSpending(kb, { at, command, subject, model: name, outcome }, meter.spent());
        },
      };
    },
  };
}

export interface CompilingChoice extends Omit<ModelCompiling, 'opened' | 'concurrency'> {
  /** `undefined`: without a model. */
  readonly opened: OpenModel | undefined;
}

export async function openCompiling(choice: CompilingChoice): Promise<Compiling> {
  const { opened, services, kb } = choice;
  if (opened === undefined) return extractiveCompiling(await services.compiler());
  return modelCompiling({ ...choice, opened, concurrency: kb.config().concurrency });
}
