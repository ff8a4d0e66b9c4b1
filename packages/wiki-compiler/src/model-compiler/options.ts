import { estimateTokens } from './estimate-tokens.ts';
import type { CompilerModel } from './model-port.ts';
import type { CompileStep } from './progress.ts';

export interface ModelCompilerOptions {
  readonly model: CompilerModel;
  /** Requests at the same time (5). */
  readonly concurrency?: number;
  /** Existing pages of each kind that the plan is shown (60). */
  readonly shortlist?: number;
  /** Pages that one document may create and update (24). */
  readonly maxPages?: number;
  /** Tokens of document text in a request; a longer document is shown as its section tree (100,000). */
  readonly documentTokens?: number;
  /** Tokens of text in a request for summaries of sections (12,000). */
  readonly sectionTokens?: number;
  /** Limit of each answer, in tokens; absent, the provider's own. */
  readonly maxOutputTokens?: number;
  /** Keeps the pages that were made where others have failed. */
  readonly allowPartial?: boolean;
  /** About how many tokens a text is. */
  readonly countTokens?: (text: string) => number;
  /** Told what happens, in the order in which it happens. */
  readonly onStep?: (step: CompileStep) => void;
}

export type Settings = Required<Omit<ModelCompilerOptions, 'maxOutputTokens' | 'onStep'>> &
  Pick<ModelCompilerOptions, 'maxOutputTokens' | 'onStep'>;

/** With defaults; a number that is no whole number from 1 on is a mistake of the programmer. */
export function settingsOf(options: ModelCompilerOptions): Settings {
  const settings: Settings = {
    concurrency: 5,
    shortlist: 60,
    maxPages: 24,
    documentTokens: 100_000,
    sectionTokens: 12_000,
    allowPartial: false,
    countTokens: estimateTokens,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    model: options.model,
  };
  for (const key of COUNTS) {
    const value: unknown = settings[key];
    if (value === undefined && key === 'maxOutputTokens') continue;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
      throw new RangeError(
        `"${key}" must be a whole number from 1 on, not ${JSON.stringify(value)}.`,
      );
  }
  return settings;
}

const COUNTS = [
  'concurrency',
  'shortlist',
  'maxPages',
  'documentTokens',
  'sectionTokens',
  'maxOutputTokens',
] as const;
