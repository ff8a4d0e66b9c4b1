import type { ModelMessage, ModelReply, TokenUsage } from './model-port.ts';
import type { Settings } from './options.ts';
import type { CompileStep } from './progress.ts';
import { addUsage, NO_USAGE } from './usage.ts';

/** One compilation's way to the model: counts what it costs, and says what happens. */
export class Session {
  readonly document: string;
  readonly settings: Settings;
  readonly signal: AbortSignal | undefined;
  #usage: TokenUsage = NO_USAGE;

  constructor(document: string, settings: Settings, signal: AbortSignal | undefined) {
    this.document = document;
    this.settings = settings;
    this.signal = signal;
  }

  get usage(): TokenUsage {
    return this.#usage;
  }

  /** Rejects with what the port threw, or with the reason of the signal. */
  async generate(
    messages: readonly ModelMessage[],
    schema: Readonly<Record<string, unknown>>,
  ): Promise<ModelReply> {
    this.signal?.throwIfAborted();
    const { model, maxOutputTokens } = this.settings;
    const signal = this.signal === undefined ? {} : { signal: this.signal };
    const limit = maxOutputTokens === undefined ? {} : { maxOutputTokens };
    let told = false;
    const onUsage = (usage: Partial<TokenUsage>): void => {
      told = true;
      this.#count(usage);
    };
    try {
      const reply = await model.generate({ messages, schema, ...limit, ...signal, onUsage });
      if (!told) this.#count(reply.usage);
      return reply;
    } catch (error) {
      this.signal?.throwIfAborted();
      throw error;
    }
  }

  /** Tokens of document text that a request may hold. */
  get documentTokens(): number {
    return this.#within(this.settings.documentTokens, 0.6);
  }

  /** Tokens of text in a request for summaries of sections. */
  get sectionTokens(): number {
    return this.#within(this.settings.sectionTokens, 0.5);
  }

  /** A limit, or its share of the model's context where that is less. */
  #within(limit: number, share: number): number {
    const context = this.settings.model.contextTokens?.();
    return context === undefined
      ? limit
      : Math.max(1, Math.min(limit, Math.floor(context * share)));
  }

  tell(step: Omit<CompileStep, 'document' | 'usage'>): void {
    this.settings.onStep?.({ document: this.document, ...step, usage: this.#usage });
  }

  #count(usage: Partial<TokenUsage> | undefined): void {
    this.#usage = addUsage(this.#usage, usage);
  }
}
