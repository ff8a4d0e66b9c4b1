/**
 * `provider/model` -> `LanguageModel`: one small port over many providers. Requests, retries,
 * structured output, usage and errors are its business; prompts are not.
 */
export { createLanguageModel } from './create-language-model.ts';
export { detectModel } from './detect-model.ts';
export type { DetectedModel, DetectOptions } from './detect-model.ts';
export { LanguageModelError } from './error.ts';
export type { LanguageModelErrorCode, LanguageModelErrorDetails } from './error.ts';
export { estimateTokens } from './estimate-tokens.ts';
export type {
  FinishReason,
  GenerateRequest,
  GenerateResult,
  JsonSchema,
  LanguageModel,
  Message,
  Usage,
} from './model.ts';
export { parseModelName } from './model-name.ts';
export type { ModelName } from './model-name.ts';
export type { LanguageModelOptions } from './options.ts';
export type { RetryEvent, Sleep } from './retry.ts';
export { addUsage, NO_USAGE } from './usage.ts';
