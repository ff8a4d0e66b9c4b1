/**
 * `provider/model` -> `LanguageModel`: one small port over many providers. Settings, requests, retries,
 * structured output, streams with tools, usage, cost and errors are its business; prompts are not.
 */
export { replyKey } from './cache/reply-key.ts';
export { withReplyCache } from './cache/with-reply-cache.ts';
export type { CachingModel, ReplyStore } from './cache/with-reply-cache.ts';
export type { ConversationRequest, ConversationResult, Tool, ToolCall } from './conversation.ts';
export { metered } from './cost/metered.ts';
export type { Meter, MeteredModel, MeterOptions, Spending } from './cost/metered.ts';
export { loadPriceBook } from './cost/price-book.ts';
export type { PriceBook, PricedUsage } from './cost/price-book.ts';
export { createLanguageModel } from './create-language-model.ts';
export { detectModel } from './detect-model.ts';
export type { DetectedModel, DetectOptions } from './detect-model.ts';
export { LanguageModelError } from './error.ts';
export type { LanguageModelErrorCode, LanguageModelErrorDetails } from './error.ts';
export { estimateTokens } from './estimate-tokens.ts';
export { estimateImageTokens } from './images/estimate-image-tokens.ts';
export { imageFacts } from './images/image-facts.ts';
export type { ImageFacts, ImageMediaType } from './images/image-facts.ts';
export { MOST_IMAGE_BYTES, withImages } from './images/image.ts';
export type { Image, TextWithImages } from './images/image.ts';
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
export { parseEnvFile } from './settings/env-file.ts';
export { resolveModelSettings } from './settings/resolve.ts';
export type { ModelSettings } from './settings/resolve.ts';
export type { Origin, SettingLayer, SettingSources } from './settings/sources.ts';
export { addUsage, NO_USAGE } from './usage.ts';
export { patientFetch } from './wire/patient-fetch.ts';
export type { PatientFetch, PatientFetchOptions } from './wire/patient-fetch.ts';
